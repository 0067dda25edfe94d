package io.windrow.coordinator.submit;

import io.windrow.coordinator.workflow.WorkflowProblem;
import java.time.LocalDate;
import java.util.List;

/**
 * What became of a submitted workflow.
 *
 * @param submission its id; the same workflow on the same calendar has the same
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param queue name of the queue
 * @param tasks how many tasks it has
 * @param inserted how many of them were new
 * @param calendarEnd last day of the calendar it was generated on
 * @param warnings what its tasks are without
 */
public record Receipt(
    String submission,
    String pool,
    String experiment,
    String queue,
    int tasks,
    int inserted,
    LocalDate calendarEnd,
    List<WorkflowProblem> warnings) {}
