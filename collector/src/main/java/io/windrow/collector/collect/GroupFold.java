package io.windrow.collector.collect;

import io.windrow.collector.ensemble.RollingFold;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A group's series as far as its windows have come; it takes in further windows without reading the
 * earlier ones again. Immutable.
 *
 * @param recorders whose artifacts are in it
 * @param predictions the windows' predictions
 * @param labels the windows' labels
 */
record GroupFold(Set<String> recorders, RollingFold predictions, RollingFold labels) {
  static final GroupFold EMPTY = new GroupFold(Set.of(), RollingFold.empty(), RollingFold.empty());

  private static final int BYTES_PER_ROW = 16;
  private static final int BYTES_FIXED = 1024;

  GroupFold {
    recorders = Set.copyOf(recorders);
  }

  /** The fold with further windows. */
  GroupFold add(List<WindowArtifacts> windows) {
    Set<String> all = new HashSet<>(recorders);
    RollingFold morePredictions = predictions;
    RollingFold moreLabels = labels;
    for (WindowArtifacts window : windows) {
      int order = window.plan().order();
      if (window.predictions() != null) {
        morePredictions = morePredictions.add(order, window.predictions());
      }
      if (window.labels() != null) {
        moreLabels = moreLabels.add(order, window.labels());
      }
      all.add(window.recorder());
    }
    return new GroupFold(all, morePredictions, moreLabels);
  }

  /** Memory it takes, roughly. */
  long bytes() {
    return BYTES_FIXED + BYTES_PER_ROW * (predictions.rows() + labels.rows());
  }
}
