/**
 * Turns task templates into tasks: windows, horizons, parameter grids, in any combination, made as
 * they are asked for. Qlib's TimeAdjuster, TaskGen, RollingGen, MultiHorizonGen and task_generator,
 * with the same windows day for day.
 */
@NullMarked
package io.windrow.coordinator.generate;

import org.jspecify.annotations.NullMarked;
