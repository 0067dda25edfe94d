package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.RollType;
import org.jspecify.annotations.Nullable;

/**
 * How windows are made of the task; defaults are Qlib's.
 *
 * @param step trading days from one test window to the next, 40
 * @param type whether the train segment keeps its start, expanding
 * @param truncDays trading days between the other segments and the test; null leaves them alone
 */
public record RollingSettings(int step, RollType type, @Nullable Integer truncDays) {}
