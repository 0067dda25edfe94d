package io.windrow.quant.evaluate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Mean labels of groups of instruments that are alike in their predictions: if the predictions are
 * worth something, the groups are in order. The groups are those of Qlib's {@code
 * model_performance_graph}.
 *
 * @param groups how many, at least 2
 * @param days one entry per day that has a value
 */
public record QuantileReturns(int groups, List<Day> days) {

  /** As many groups as Qlib makes. */
  public static final int FIFTHS = 5;

  /**
   * The groups of a day; NaN for a group without a label.
   *
   * @param date the day
   * @param means mean label of each group, the best predicted first
   * @param longShort that of the first group less that of the last
   * @param longAverage that of the first group less the mean label of all, those without a
   *     prediction included
   */
  public record Day(LocalDate date, List<Double> means, double longShort, double longAverage) {

    public Day {
      means = List.copyOf(means);
    }

    private boolean hasValue() {
      return means.stream().anyMatch(mean -> !mean.isNaN());
    }
  }

  public QuantileReturns {
    days = List.copyOf(days);
    if (groups < 2) {
      throw new IllegalArgumentException("at least 2 groups are needed, not " + groups);
    }
  }

  /**
   * Sorts each day's predictions into groups of equal size. What is left over by the division
   * belongs to none: it ranks lowest. Of equal predictions the first by symbol ranks higher.
   */
  public static QuantileReturns of(ScoreSeries predictions, ScoreSeries labels, int groups) {
    List<Day> days = new ArrayList<>();
    for (JoinedDay joined : JoinedDay.of(predictions, labels)) {
      Day day = day(joined, groups);
      if (day.hasValue()) {
        days.add(day);
      }
    }
    return new QuantileReturns(groups, days);
  }

  private static Day day(JoinedDay day, int groups) {
    List<JoinedDay.Row> ranked =
        day.rows().stream()
            .filter(row -> !Double.isNaN(row.prediction()))
            .sorted(Comparator.comparingDouble(row -> -row.prediction()))
            .toList();
    int size = ranked.size() / groups;
    List<Double> means =
        IntStream.range(0, groups)
            .mapToObj(
                group ->
                    JoinedDay.meanLabel(ranked.subList(group * size, (group + 1) * size).stream()))
            .toList();
    double best = means.get(0);
    return new Day(
        day.date(),
        means,
        best - means.get(groups - 1),
        best - JoinedDay.meanLabel(day.rows().stream()));
  }
}
