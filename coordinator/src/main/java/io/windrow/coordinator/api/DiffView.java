package io.windrow.coordinator.api;

import io.windrow.coordinator.workflow.WorkflowDiff;
import io.windrow.pool.Submission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What tells a submission, or a workflow that was not submitted, from an earlier submission.
 *
 * @param submission its id, or the one it would have
 * @param against id of the earlier one
 * @param changed keys of the workflow with another value
 * @param added keys that were not there
 * @param removed keys that are not there any more
 * @param tasks how many tasks they have in common
 */
record DiffView(
    String submission,
    String against,
    List<WorkflowDiff.Changed> changed,
    List<WorkflowDiff.Single> added,
    List<WorkflowDiff.Single> removed,
    Tasks tasks) {

  /**
   * Tasks by id: one with another definition is another task.
   *
   * @param equal in both
   * @param fresh not in the earlier one
   * @param gone only there
   */
  record Tasks(int equal, int fresh, int gone) {}

  static DiffView of(Submission submission, Submission against) {
    WorkflowDiff diff = WorkflowDiff.between(against.source(), submission.source());
    Set<String> now = new HashSet<>(submission.taskIds());
    Set<String> before = new HashSet<>(against.taskIds());
    int all = now.size();
    now.retainAll(before);
    int equal = now.size();
    return new DiffView(
        submission.id(),
        against.id(),
        diff.changed(),
        diff.added(),
        diff.removed(),
        new Tasks(equal, all - equal, before.size() - equal));
  }
}
