package io.windrow.collector.intake;

import java.util.Set;

/** Is told of what was taken in. */
public interface Arrivals {

  /**
   * Outcomes of tasks were stored that were not there before. Returns at once.
   *
   * @param submissions ids of the submissions that first asked for these tasks
   */
  void arrived(Set<String> submissions);
}
