package io.windrow.collector.collect;

import io.windrow.collector.collect.Window.Failed;
import io.windrow.pool.CollectSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a submission has brought.
 *
 * @param progress each expected window and how it stands
 * @param settings how the windows were put together
 * @param key the paths that the parts of the groups' keys were taken from
 * @param groups the windows that are there, put together
 */
public record SubmissionCollection(
    Progress progress, CollectSettings settings, List<String> key, List<GroupCollection> groups) {

  public SubmissionCollection {
    key = List.copyOf(key);
    groups = List.copyOf(groups);
  }

  /**
   * Whether the submission is inserted and each of its windows is done, taken in and readable. Only
   * then the series have no gap.
   */
  public boolean complete() {
    return progress.complete() && groups.stream().allMatch(g -> g.series().unreadable().isEmpty());
  }

  /** The failed windows, and those that are done but cannot be read. */
  public List<Failed> failed() {
    return Stream.concat(
            progress.failed().stream(),
            groups.stream().flatMap(g -> g.series().unreadable().stream()))
        .toList();
  }
}
