/**
 * Turns a task template into rolling tasks: Qlib's TimeAdjuster, RollingGen and task_generator,
 * with the same windows day for day.
 */
@NullMarked
package io.windrow.coordinator.generate;

import org.jspecify.annotations.NullMarked;
