package io.windrow.collector.collect;

import io.windrow.collector.collect.Window.Failed;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a submission has brought.
 *
 * @param progress each expected window and how it stands
 * @param groups the windows that are there, rolled
 */
public record SubmissionCollection(Progress progress, List<GroupCollection> groups) {

  public SubmissionCollection {
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
