package io.windrow.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment, as the collector shows it.
 *
 * @param name its name
 * @param recorders how many it has
 * @param statuses recorders by status
 * @param latest when the newest recorder was started, or null
 */
public record ExperimentView(
    String name, long recorders, Map<String, Long> statuses, @Nullable Instant latest) {

  /**
   * A page of them.
   *
   * @param experiments by name
   * @param next where the next page begins, or null
   */
  record Page(List<ExperimentView> experiments, @Nullable String next) {}
}
