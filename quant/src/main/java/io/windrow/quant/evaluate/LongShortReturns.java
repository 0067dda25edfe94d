package io.windrow.quant.evaluate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What it would bring to hold the best predicted part of the instruments and to owe the worst, as
 * Qlib's {@code calc_long_short_return} has it.
 *
 * @param days one entry per day with a prediction or a label
 */
public record LongShortReturns(List<Day> days) {

  /** The part at each end that Qlib takes. */
  public static final double FIFTH = 0.2;

  /**
   * The returns of a day; NaN if there are too few instruments.
   *
   * @param date the day
   * @param longShort half of the mean label of the best less that of the worst
   * @param average mean label of all
   */
  public record Day(LocalDate date, double longShort, double average) {}

  private record Row(double prediction, double label) {}

  public LongShortReturns {
    days = List.copyOf(days);
  }

  /**
   * Computes the returns.
   *
   * @param part of a day's rows that is bought, and as many are sold; rows that lack the prediction
   *     or the label count as well, as in Qlib
   */
  public static LongShortReturns of(ScoreSeries predictions, ScoreSeries labels, double part) {
    List<Day> days = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    int p = 0;
    int l = 0;
    while (p < predictions.size() || l < labels.size()) {
      int order = SignalAnalysis.compare(predictions, p, labels, l);
      int day = order <= 0 ? predictions.epochDay(p) : labels.epochDay(l);
      rows.add(
          new Row(
              order <= 0 ? predictions.value(p) : Double.NaN,
              order >= 0 ? labels.value(l) : Double.NaN));
      p += order <= 0 ? 1 : 0;
      l += order >= 0 ? 1 : 0;
      boolean over =
          (p == predictions.size() || predictions.epochDay(p) != day)
              && (l == labels.size() || labels.epochDay(l) != day);
      if (over) {
        days.add(day(LocalDate.ofEpochDay(day), rows, part));
        rows.clear();
      }
    }
    return new LongShortReturns(days);
  }

  private static Day day(LocalDate date, List<Row> rows, double part) {
    int count = (int) (rows.size() * part);
    double best = extreme(rows, count, Comparator.comparingDouble(row -> -row.prediction()));
    double worst = extreme(rows, count, Comparator.comparingDouble(Row::prediction));
    return new Day(date, (best - worst) / 2, meanLabel(rows));
  }

  /** NaN compares as the largest, so rows without a prediction are the last resort. */
  private static double extreme(List<Row> rows, int count, Comparator<Row> order) {
    return meanLabel(rows.stream().sorted(order).limit(count).toList());
  }

  private static double meanLabel(List<Row> rows) {
    return Moments.mean(
        rows.stream().mapToDouble(Row::label).filter(label -> !Double.isNaN(label)).toArray());
  }

  /**
   * The figures by Qlib's names.
   *
   * @param periods in a year
   */
  public Map<String, Double> summary(double periods) {
    Map<String, Double> summary = new LinkedHashMap<>();
    add(summary, "Long-Short", valid(Day::longShort), periods);
    add(summary, "Long-Avg", valid(Day::average), periods);
    return summary;
  }

  private static void add(
      Map<String, Double> summary, String name, double[] returns, double periods) {
    double mean = Moments.mean(returns);
    summary.put(name + " Ann Return", mean * periods);
    summary.put(name + " Ann Sharpe", mean / Moments.std(returns) * Math.sqrt(periods));
  }

  private double[] valid(ToDoubleFunction<Day> column) {
    return days.stream().mapToDouble(column).filter(value -> !Double.isNaN(value)).toArray();
  }
}
