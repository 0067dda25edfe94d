package io.windrow.pool;

import io.windrow.task.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a task stands after its last change, without its definition.
 *
 * @param id of the task
 * @param pool its pool
 * @param queue its queue
 * @param seq its number
 * @param state its state now; those in between may have been passed by
 * @param version of the change: later ones have greater ones
 * @param attempt attempts charged so far
 * @param worker who runs it, or null
 * @param at when it changed
 */
public record TaskChange(
    String id,
    String pool,
    String queue,
    int seq,
    TaskState state,
    long version,
    int attempt,
    @Nullable String worker,
    Instant at) {}
