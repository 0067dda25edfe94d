package io.windrow.cli.client;

import java.time.LocalDate;
import java.util.List;

/**
 * The coordinator's answer to a submission.
 *
 * @param submission its id
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param queue name of the queue
 * @param tasks how many tasks the workflow makes
 * @param inserted how many of them are new
 * @param calendarEnd last day of the calendar they were made on
 * @param warnings what its tasks are without
 */
public record Accepted(
    String submission,
    String pool,
    String experiment,
    String queue,
    int tasks,
    int inserted,
    LocalDate calendarEnd,
    List<Mistake> warnings) {}
