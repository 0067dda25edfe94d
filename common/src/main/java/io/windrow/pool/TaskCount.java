package io.windrow.pool;

import io.windrow.task.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks of a pool stand on a queue in one state.
 *
 * @param pool name of the pool
 * @param queue name of the queue
 * @param state the state
 * @param tasks how many
 * @param due of waiting tasks, how many need wait no longer; of others, all
 * @param dueSince when the first waiting or queued one of them became due; else null
 */
public record TaskCount(
    String pool, String queue, TaskState state, long tasks, long due, @Nullable Instant dueSince) {}
