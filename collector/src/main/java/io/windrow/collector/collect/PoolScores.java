package io.windrow.collector.collect;

import io.windrow.pool.ScoredWindow;
import io.windrow.quant.model.Models;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the windows of a pool are worth, by model: the mean over all of them, and of those that end
 * last. Windows are added as they are done; none is kept but for a short while.
 */
final class PoolScores {
  /** What became visible late, or was done by another clock, is found by looking back so far. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private static final String NO_MODEL = "none";
  private static final String IC = "IC";
  private static final String RANK_IC = "Rank IC";

  private final Map<String, OfModel> models = new TreeMap<>();

  /** Those that the next look will meet again. */
  private final Map<String, Instant> recent = new HashMap<>();

  private Instant latest = Instant.EPOCH;
  private long windows;

  /** From when on there may be windows that are not added yet. */
  Instant since() {
    return latest.equals(Instant.EPOCH) ? latest : latest.minus(OVERLAP);
  }

  /** How many have been added. */
  long windows() {
    return windows;
  }

  /** By model; models of which no window has a score are not there. */
  Map<String, OfModel> models() {
    return models;
  }

  /** Adds one that is done, once. */
  void add(ScoredWindow window) {
    if (recent.putIfAbsent(window.id(), window.at()) != null) {
      return;
    }
    windows++;
    if (window.at().isAfter(latest)) {
      latest = window.at();
    }
    Double ic = window.metrics().get(IC);
    Double rankIc = window.metrics().get(RANK_IC);
    if (ic != null || rankIc != null) {
      String model = window.model() == null ? NO_MODEL : Models.known(window.model(), NO_MODEL);
      models.computeIfAbsent(model, name -> new OfModel()).add(window.end(), ic, rankIc);
    }
  }

  /** Forgets what no further look meets. */
  void settle() {
    Instant since = since();
    recent.values().removeIf(at -> at.isBefore(since));
  }

  /** The windows of one model. */
  static final class OfModel {
    private final Mean ic = new Mean();
    private final Mean rankIc = new Mean();
    private String end = "";
    private Mean lastIc = new Mean();
    private Mean lastRankIc = new Mean();

    private void add(@Nullable String windowEnd, @Nullable Double one, @Nullable Double rank) {
      ic.add(one);
      rankIc.add(rank);
      String ends = windowEnd == null ? "" : windowEnd;
      if (ends.compareTo(end) > 0) { // dates of the form 2020-12-31
        end = ends;
        lastIc = new Mean();
        lastRankIc = new Mean();
      }
      if (ends.equals(end)) {
        lastIc.add(one);
        lastRankIc.add(rank);
      }
    }

    double ic() {
      return ic.value();
    }

    double rankIc() {
      return rankIc.value();
    }

    /** Of the window that ends last; the mean if several do. */
    double lastIc() {
      return lastIc.value();
    }

    double lastRankIc() {
      return lastRankIc.value();
    }
  }

  private static final class Mean {
    private double sum;
    private long count;

    void add(@Nullable Double value) {
      if (value != null && Double.isFinite(value)) {
        sum += value;
        count++;
      }
    }

    double value() {
      return count == 0 ? Double.NaN : sum / count;
    }
  }
}
