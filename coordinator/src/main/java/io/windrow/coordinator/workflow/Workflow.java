package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.quant.calendar.TradingCalendar;
import java.util.List;

/**
 * A workflow that can be run.
 *
 * @param source one file's text that says all of it, its base files and variables included
 * @param settings the {@code windrow} section
 * @param templates the tasks that windows are made of, in order; usually one
 * @param calendar the days its data covers
 * @param knownDays the days known ahead, or the same as {@code calendar}
 * @param warnings what its tasks are without
 * @param places where its parts are in the file
 */
public record Workflow(
    String source,
    Settings settings,
    List<TaskDefinition> templates,
    TradingCalendar calendar,
    TradingCalendar knownDays,
    List<WorkflowProblem> warnings,
    Places places) {

  /** Says where in a file something is wrong. */
  @FunctionalInterface
  public interface Places {

    /** The problem with the line of its path, or of the nearest thing around it. */
    WorkflowProblem locate(String path, String message);
  }

  public Workflow {
    templates = List.copyOf(templates);
    warnings = List.copyOf(warnings);
  }
}
