package io.windrow.coordinator.submit;

import io.windrow.pool.Submission;
import io.windrow.task.NewTask;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a workflow comes to.
 *
 * @param submission the submission, not yet inserted
 * @param tasks its tasks in order, made anew each time: a hundred thousand definitions need not be
 *     in memory at once
 */
record Plan(Submission submission, Supplier<Stream<NewTask>> tasks) {}
