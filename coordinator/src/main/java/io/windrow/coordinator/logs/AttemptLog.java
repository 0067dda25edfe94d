package io.windrow.coordinator.logs;

import org.jspecify.annotations.Nullable;

/**
 * The log of an attempt.
 *
 * @param task id of the task
 * @param attempt its number
 * @param worker who runs or ran it
 * @param outcome how it ended; null while it runs
 * @param source {@code command}: what its command printed; {@code history}: what was recorded of
 *     its failure; {@code none}
 * @param cut whether only the end is here
 * @param text the log, maybe empty
 */
public record AttemptLog(
    String task,
    int attempt,
    @Nullable String worker,
    @Nullable String outcome,
    String source,
    boolean cut,
    String text) {}
