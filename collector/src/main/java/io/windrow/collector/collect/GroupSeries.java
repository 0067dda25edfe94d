package io.windrow.collector.collect;

import io.windrow.collector.collect.Window.Failed;
import io.windrow.collector.ensemble.AverageEnsemble;
import io.windrow.collector.ensemble.RollingEnsemble;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.evaluate.SignalAnalysis;
import java.util.List;
import java.util.Map;

/**
 * What the windows of a group come to when they are rolled into one.
 *
 * @param predictions the out-of-sample predictions
 * @param labels the raw labels, with rows only where a window has some
 * @param analysis IC and Rank IC of the whole series, day by day
 * @param unreadable windows whose predictions or labels could not be read and are not in it
 */
public record GroupSeries(
    ScoreSeries predictions, ScoreSeries labels, SignalAnalysis analysis, List<Failed> unreadable) {

  /** ScoreSeries holds two ints and a double a row. */
  private static final int BYTES_PER_ROW = 16;

  private static final int BYTES_PER_DAY = 48;
  private static final int BYTES_FIXED = 1024;

  public GroupSeries {
    unreadable = List.copyOf(unreadable);
  }

  static GroupSeries of(GroupFold fold, List<Failed> unreadable) {
    ScoreSeries predictions = fold.predictions().series();
    ScoreSeries labels = fold.labels().series();
    return new GroupSeries(predictions, labels, SignalAnalysis.of(predictions, labels), unreadable);
  }

  /**
   * The average of several. The labels are not averaged with the predictions, since standardised by
   * day they would be returns no more: where members have different labels, the last one counts.
   */
  static GroupSeries average(List<GroupSeries> members) {
    ScoreSeries predictions =
        AverageEnsemble.average(members.stream().map(GroupSeries::predictions).toList());
    ScoreSeries labels = RollingEnsemble.roll(members.stream().map(GroupSeries::labels).toList());
    return new GroupSeries(
        predictions,
        labels,
        SignalAnalysis.of(predictions, labels),
        members.stream().flatMap(member -> member.unreadable().stream()).toList());
  }

  /** IC, ICIR, Rank IC, Rank ICIR of the whole series; NaN where there are too few days. */
  public Map<String, Double> statistics() {
    return analysis.summary();
  }

  /** Memory it takes, roughly. */
  long bytes() {
    return BYTES_FIXED
        + (long) BYTES_PER_ROW * (predictions.size() + labels.size())
        + (long) BYTES_PER_DAY * analysis.days().size();
  }
}
