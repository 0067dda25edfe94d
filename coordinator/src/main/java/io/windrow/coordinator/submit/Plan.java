package io.windrow.coordinator.submit;

import io.windrow.coordinator.workflow.DependencySettings;
import io.windrow.coordinator.workflow.Workflow;
import io.windrow.coordinator.workflow.WorkflowProblem;
import io.windrow.pool.Submission;
import io.windrow.quant.reference.Reference;
import io.windrow.task.NewTask;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a workflow comes to.
 *
 * @param submission the submission, not yet inserted
 * @param key the places of a definition that tell one series of windows from another
 * @param dependsOn what each of its tasks waits for
 * @param references what its tasks refer to, with the place in the file
 * @param tasks its tasks in order, made anew each time: a hundred thousand definitions need not be
 *     in memory at once
 * @param warnings what the tasks are without
 * @param places where the workflow's parts are in its file
 */
record Plan(
    Submission submission,
    List<String> key,
    List<DependencySettings> dependsOn,
    Map<Reference, String> references,
    Supplier<Stream<NewTask>> tasks,
    List<WorkflowProblem> warnings,
    Workflow.Places places) {}
