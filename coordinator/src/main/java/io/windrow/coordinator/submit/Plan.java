package io.windrow.coordinator.submit;

import io.windrow.coordinator.workflow.DependencySettings;
import io.windrow.coordinator.workflow.WorkflowProblem;
import io.windrow.pool.Submission;
import io.windrow.task.NewTask;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a workflow comes to.
 *
 * @param submission the submission, not yet inserted
 * @param key the places of a definition that tell one series of windows from another
 * @param dependsOn what each of its tasks waits for
 * @param tasks its tasks in order, made anew each time: a hundred thousand definitions need not be
 *     in memory at once
 * @param warnings what the tasks are without
 */
record Plan(
    Submission submission,
    List<String> key,
    List<DependencySettings> dependsOn,
    Supplier<Stream<NewTask>> tasks,
    List<WorkflowProblem> warnings) {}
