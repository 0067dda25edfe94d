package io.windrow.collector.experiment;

import io.windrow.experiment.Experiments.Experiment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as the API tells it.
 *
 * @param name its name
 * @param recorders how many it has
 * @param statuses recorders by status, those that occur
 * @param latest when the newest recorder was started, or null
 */
record ExperimentView(
    String name, long recorders, Map<String, Long> statuses, @Nullable Instant latest) {

  /**
   * A page of experiments.
   *
   * @param experiments by name
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  record Page(List<ExperimentView> experiments, @Nullable String next) {}

  static ExperimentView of(Experiment experiment) {
    Map<String, Long> statuses = new TreeMap<>();
    experiment
        .statuses()
        .forEach((status, count) -> statuses.put(status.name().toLowerCase(Locale.ROOT), count));
    return new ExperimentView(
        experiment.name(), experiment.recorders(), statuses, experiment.latest());
  }
}
