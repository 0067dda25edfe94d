package io.windrow.collector.collect;

import io.windrow.collector.collect.Window.Failed;
import io.windrow.collector.ensemble.RollingEnsemble;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.evaluate.SignalAnalysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  static GroupSeries roll(List<WindowArtifacts> windows) {
    List<ScoreSeries> predictions = new ArrayList<>();
    List<ScoreSeries> labels = new ArrayList<>();
    List<Failed> unreadable = new ArrayList<>();
    for (WindowArtifacts window : windows) {
      addIfThere(predictions, window.predictions());
      addIfThere(labels, window.labels());
      if (window.problem() != null) {
        unreadable.add(new Failed(window.plan(), window.problem()));
      }
    }
    ScoreSeries rolled = RollingEnsemble.roll(predictions);
    ScoreSeries rolledLabels = RollingEnsemble.roll(labels);
    return new GroupSeries(
        rolled, rolledLabels, SignalAnalysis.of(rolled, rolledLabels), unreadable);
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

  private static void addIfThere(List<ScoreSeries> all, @Nullable ScoreSeries one) {
    Stream.ofNullable(one).forEach(all::add);
  }
}
