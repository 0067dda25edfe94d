package io.windrow.quant.evaluate;

import io.windrow.quant.evaluate.JoinedDay.Row;
import java.time.LocalDate;
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
    return new LongShortReturns(
        JoinedDay.of(predictions, labels).stream().map(day -> day(day, part)).toList());
  }

  private static Day day(JoinedDay day, double part) {
    int count = (int) (day.rows().size() * part);
    double best = extreme(day, count, Comparator.comparingDouble(row -> -row.prediction()));
    double worst = extreme(day, count, Comparator.comparingDouble(Row::prediction));
    return new Day(day.date(), (best - worst) / 2, JoinedDay.meanLabel(day.rows().stream()));
  }

  /** NaN compares as the largest, so rows without a prediction are the last resort. */
  private static double extreme(JoinedDay day, int count, Comparator<Row> order) {
    return JoinedDay.meanLabel(day.rows().stream().sorted(order).limit(count));
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
