package io.windrow.quant.evaluate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * IC and Rank IC of predictions against labels, as Qlib's SigAnaRecord has them.
 *
 * @param days one entry per day that has both a prediction and a label for some instrument
 */
public record SignalAnalysis(List<DailyIc> days) {

  public SignalAnalysis {
    days = List.copyOf(days);
  }

  /** Joins predictions and labels on (day, instrument) and correlates each day. */
  public static SignalAnalysis of(ScoreSeries predictions, ScoreSeries labels) {
    List<DailyIc> days = new ArrayList<>();
    DayPairs pairs = new DayPairs();
    int p = 0;
    int l = 0;
    while (p < predictions.size() && l < labels.size()) {
      int order = compare(predictions, p, labels, l);
      if (order == 0) {
        if (pairs.count > 0 && pairs.epochDay != predictions.epochDay(p)) {
          days.add(pairs.correlate());
        }
        pairs.add(predictions.epochDay(p), predictions.value(p), labels.value(l));
      }
      if (order <= 0) {
        p++;
      }
      if (order >= 0) {
        l++;
      }
    }
    if (pairs.count > 0) {
      days.add(pairs.correlate());
    }
    return new SignalAnalysis(days);
  }

  /**
   * {@code IC} and {@code Rank IC} (means over the days, NaN days left out), {@code ICIR} and
   * {@code Rank ICIR} (mean by standard deviation with ddof 1, not annualised). NaN where there are
   * too few days.
   */
  public Map<String, Double> summary() {
    Map<String, Double> summary = new LinkedHashMap<>();
    double[] ic = finite(DailyIc::ic);
    double[] rankIc = finite(DailyIc::rankIc);
    summary.put("IC", Moments.mean(ic));
    summary.put("ICIR", Moments.mean(ic) / Moments.std(ic));
    summary.put("Rank IC", Moments.mean(rankIc));
    summary.put("Rank ICIR", Moments.mean(rankIc) / Moments.std(rankIc));
    return summary;
  }

  private double[] finite(ToDoubleFunction<DailyIc> column) {
    return days.stream().mapToDouble(column).filter(value -> !Double.isNaN(value)).toArray();
  }

  /** Order of two rows by day and instrument; a row beyond the end of its series comes last. */
  static int compare(ScoreSeries left, int l, ScoreSeries right, int r) {
    if (l == left.size() || r == right.size()) {
      return Boolean.compare(l == left.size(), r == right.size());
    }
    int order = Integer.compare(left.epochDay(l), right.epochDay(r));
    return order != 0 ? order : left.instrument(l).compareTo(right.instrument(r));
  }

  /** The pairs of one day, collected until the day is over. */
  private static final class DayPairs {
    private int epochDay;
    private int count;
    private double[] predictions = new double[64];
    private double[] labels = new double[64];

    void add(int day, double prediction, double label) {
      if (count == predictions.length) {
        predictions = Arrays.copyOf(predictions, count * 2);
        labels = Arrays.copyOf(labels, count * 2);
      }
      epochDay = day;
      predictions[count] = prediction;
      labels[count++] = label;
    }

    DailyIc correlate() {
      double[] x = Arrays.copyOf(predictions, count);
      double[] y = Arrays.copyOf(labels, count);
      count = 0;
      return new DailyIc(
          LocalDate.ofEpochDay(epochDay), Correlation.pearson(x, y), Correlation.spearman(x, y));
    }
  }
}
