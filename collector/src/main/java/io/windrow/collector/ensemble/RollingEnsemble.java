package io.windrow.collector.ensemble;

import io.windrow.collector.ensemble.Results.Keyed;
import io.windrow.collector.ensemble.Results.One;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Rolls the predictions of successive windows into one series, as Qlib's RollingEnsemble does.
 *
 * <p>Where windows overlap, the one that starts later wins; of two that start on the same day, the
 * later one in the order of keys. A NaN wins like any other value. The result is sorted by day and
 * instrument. {@link RollingFold} gives the same, window by window.
 */
public final class RollingEnsemble implements Processing<ScoreSeries> {

  /**
   * The series of all windows.
   *
   * @throws IllegalArgumentException if the results are not keyed, or nested
   */
  @Override
  public Results<ScoreSeries> apply(Results<ScoreSeries> results) {
    if (!(results instanceof Keyed<ScoreSeries> keyed)) {
      throw new IllegalArgumentException("there is a single result, which cannot be rolled");
    }
    List<ScoreSeries> windows = new ArrayList<>();
    keyed
        .entries()
        .forEach(
            (key, value) -> {
              if (!(value instanceof One<ScoreSeries> one)) {
                throw new IllegalArgumentException(
                    "'" + key + "' holds several results and cannot be rolled");
              }
              windows.add(one.value());
            });
    return new One<>(roll(windows));
  }

  /** One series of all windows; empty if there are none. */
  public static ScoreSeries roll(Collection<ScoreSeries> windows) {
    return ScoreSeries.overlay(
        windows.stream()
            .filter(window -> !window.isEmpty())
            .sorted(Comparator.comparingInt(window -> window.epochDay(0)))
            .toList());
  }
}
