package io.windrow.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a task's history.
 *
 * @param attempt number of the attempt at its stage, from 1; a handed-back one keeps the number of
 *     its successor
 * @param worker who ran it
 * @param startedAt when it was claimed
 * @param endedAt when its outcome was recorded
 * @param outcome {@code done}, {@code part_done}, {@code failed}, {@code retry}, {@code
 *     handed_back}, {@code expired} or {@code cancelled}
 * @param errorClass simple name of the error, or null
 * @param message what went wrong, or null
 * @param logTail trimmed end of the log, or null
 * @param stage name of the stage, null if the task declares none
 */
public record Attempt(
    int attempt,
    String worker,
    Instant startedAt,
    Instant endedAt,
    String outcome,
    @Nullable String errorClass,
    @Nullable String message,
    @Nullable String logTail,
    @Nullable String stage) {}
