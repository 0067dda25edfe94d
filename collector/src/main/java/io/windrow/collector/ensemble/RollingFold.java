package io.windrow.collector.ensemble;

import io.windrow.quant.evaluate.ScoreSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A {@link RollingEnsemble} that takes its windows one at a time, in any order. Who wins a row is
 * decided by the windows alone (first day, then order), never by who came first; the same window
 * again changes nothing. So the series is the same as if all windows had been rolled at once.
 *
 * <p>A window costs a copy of the series and a merge of the days it covers. Immutable.
 */
public final class RollingFold {
  private static final RollingFold EMPTY =
      new RollingFold(new TreeMap<>(), ScoreSeries.builder().build());

  private record Rank(int firstDay, int order) implements Comparable<Rank> {
    private static final Comparator<Rank> RANKS =
        Comparator.comparingInt(Rank::firstDay).thenComparingInt(Rank::order);

    @Override
    public int compareTo(Rank other) {
      return RANKS.compare(this, other);
    }
  }

  private final NavigableMap<Rank, ScoreSeries> windows;
  private final ScoreSeries series;

  private RollingFold(NavigableMap<Rank, ScoreSeries> windows, ScoreSeries series) {
    this.windows = windows;
    this.series = series;
  }

  /** A fold of no window. */
  public static RollingFold empty() {
    return EMPTY;
  }

  /** What the windows come to so far. */
  public ScoreSeries series() {
    return series;
  }

  /** Rows held: those of the windows and those of the series. */
  public long rows() {
    return series.size() + windows.values().stream().mapToLong(ScoreSeries::size).sum();
  }

  /**
   * The fold with one more window.
   *
   * @param order its place in the order of generation, which no other window of the fold has
   * @param window its rows; one without rows changes nothing
   */
  public RollingFold add(int order, ScoreSeries window) {
    if (window.isEmpty()) {
      return this;
    }
    NavigableMap<Rank, ScoreSeries> more = new TreeMap<>(windows);
    if (more.putIfAbsent(new Rank(window.epochDay(0), order), window) != null) {
      return this;
    }
    return new RollingFold(more, merge(more, window));
  }

  private ScoreSeries merge(NavigableMap<Rank, ScoreSeries> all, ScoreSeries window) {
    int first = window.epochDay(0);
    int last = window.epochDay(window.size() - 1);
    List<ScoreSeries> parts = new ArrayList<>();
    if (!series.isEmpty() && series.epochDay(0) < first) {
      parts.add(series.between(series.date(0), window.date(0).minusDays(1)));
    }
    for (ScoreSeries one : all.values()) {
      if (one.epochDay(0) <= last && one.epochDay(one.size() - 1) >= first) {
        parts.add(one.between(window.date(0), window.date(window.size() - 1)));
      }
    }
    int end = series.size() - 1;
    if (end >= 0 && series.epochDay(end) > last) {
      parts.add(series.between(window.date(window.size() - 1).plusDays(1), series.date(end)));
    }
    return ScoreSeries.overlay(parts);
  }
}
