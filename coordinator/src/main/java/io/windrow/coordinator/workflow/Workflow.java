package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.quant.calendar.TradingCalendar;

/**
 * A workflow that can be run.
 *
 * @param source the file's text
 * @param settings the {@code windrow} section
 * @param template the task that windows are made of
 * @param calendar the days its data covers
 * @param knownDays the days known ahead, or the same as {@code calendar}
 */
public record Workflow(
    String source,
    Settings settings,
    TaskDefinition template,
    TradingCalendar calendar,
    TradingCalendar knownDays) {}
