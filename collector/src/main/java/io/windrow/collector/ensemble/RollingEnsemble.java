package io.windrow.collector.ensemble;

import io.windrow.quant.evaluate.ScoreSeries;
import java.util.Comparator;
import java.util.List;

/**
 * Rolls the predictions of successive windows into one series, as Qlib's RollingEnsemble does.
 *
 * <p>Where windows overlap, the one that starts later wins; of two that start on the same day, the
 * later one in the list. A NaN wins like any other value. The result is sorted by day and
 * instrument.
 */
public final class RollingEnsemble {
  private RollingEnsemble() {}

  /** One series of all windows; empty if there are none. */
  public static ScoreSeries roll(List<ScoreSeries> windows) {
    return ScoreSeries.overlay(
        windows.stream()
            .filter(window -> !window.isEmpty())
            .sorted(Comparator.comparingInt(window -> window.epochDay(0)))
            .toList());
  }
}
