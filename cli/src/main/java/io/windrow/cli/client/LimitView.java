package io.windrow.cli.client;

import org.jspecify.annotations.Nullable;

/**
 * What may run of a pool or queue.
 *
 * @param name its name
 * @param paused nothing of it may start
 * @param maxRunning so many at once, or null
 * @param note what may not be as it was meant, or null
 */
public record LimitView(
    String name, boolean paused, @Nullable Integer maxRunning, @Nullable String note) {}
