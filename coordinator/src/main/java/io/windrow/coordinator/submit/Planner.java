package io.windrow.coordinator.submit;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.coordinator.generate.TaskGen;
import io.windrow.coordinator.generate.TimeAdjuster;
import io.windrow.coordinator.workflow.Settings;
import io.windrow.coordinator.workflow.Workflow;
import io.windrow.coordinator.workflow.WorkflowException;
import io.windrow.pool.Submission;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.task.CanonicalJson;
import io.windrow.task.NewTask;
import io.windrow.task.TaskId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generates the tasks of a workflow. The same workflow on the same calendar gives the same tasks
 * with the same ids, on every machine.
 */
final class Planner {
  private final int maxTasks;
  private final Clock clock;

  /**
   * @param maxTasks most tasks of one submission: its document lists them all
   */
  Planner(int maxTasks, Clock clock) {
    this.maxTasks = maxTasks;
    this.clock = clock;
  }

  /**
   * The plan.
   *
   * @param calendarEnd the calendar is taken as it was when it ended there; null takes it as it is
   * @throws WorkflowException if there are too many tasks
   */
  Plan plan(Workflow workflow, @Nullable LocalDate calendarEnd) {
    TradingCalendar calendar = until(calendarEnd, workflow.calendar());
    Settings settings = workflow.settings();
    List<TaskGen> generators = generators(workflow, calendar);
    Links links = new Links(settings);
    List<String> ids =
        TaskGen.tasks(workflow.templates(), generators)
            .limit(maxTasks + 1L)
            .map(task -> links.next(task, openUntil(task, calendar)).id())
            .toList();
    if (ids.size() > maxTasks) {
      throw new WorkflowException(
          List.of(
              workflow
                  .places()
                  .locate(
                      "windrow",
                      "makes more than "
                          + maxTasks
                          + " tasks: choose a larger step or a smaller grid")));
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      throw new WorkflowException(
          List.of(
              workflow
                  .places()
                  .locate(
                      workflow.templates().size() > 1 ? "task" : "windrow.grid",
                      workflow.templates().size() > 1
                          ? "makes a task twice: two of the list come to the same"
                          : "makes a task twice: one of its places is set for every window or"
                              + " horizon")));
    }
    String id =
        TaskId.hash(
            CanonicalJson.write(
                Map.of(
                    "pool", settings.pool(),
                    "experiment", settings.experiment(),
                    "tasks", ids)));
    Submission submission =
        new Submission(
            id,
            settings.pool(),
            settings.experiment(),
            settings.queue(),
            workflow.source(),
            calendar.last(),
            ids,
            settings.collect(),
            Submission.State.INSERTING,
            clock.instant());
    return new Plan(
        submission,
        settings.generation().seriesKey(),
        settings.dependsOn(),
        links.references(),
        () -> tasks(workflow, generators, calendar, submission),
        workflow.warnings(),
        workflow.places());
  }

  private static Stream<NewTask> tasks(
      Workflow workflow,
      List<TaskGen> generators,
      TradingCalendar calendar,
      Submission submission) {
    Settings settings = workflow.settings();
    AtomicLong seq = new AtomicLong();
    Links links = new Links(settings);
    return TaskGen.tasks(workflow.templates(), generators)
        .map(
            task -> {
              LocalDate openUntil = openUntil(task, calendar);
              Links.Linked linked = links.next(task, openUntil);
              return new NewTask(
                  settings.pool(),
                  settings.experiment(),
                  submission.id(),
                  seq.getAndIncrement(),
                  settings.priority(),
                  linked.definition().json(),
                  openUntil,
                  linked.dependsOn(),
                  linked.stages());
            });
  }

  private static List<TaskGen> generators(Workflow workflow, TradingCalendar calendar) {
    boolean aheadKnown = !workflow.knownDays().equals(workflow.calendar());
    return workflow
        .settings()
        .generation()
        .generators(
            new TimeAdjuster(aheadKnown ? workflow.knownDays() : calendar), calendar.last());
  }

  /** A window with an open end means another thing on a longer calendar. */
  private static @Nullable LocalDate openUntil(TaskDefinition task, TradingCalendar calendar) {
    return task.segments().values().stream().anyMatch(segment -> segment.open())
        ? calendar.last()
        : null;
  }

  private static TradingCalendar until(@Nullable LocalDate end, TradingCalendar calendar) {
    int last = end == null ? calendar.size() - 1 : calendar.floor(end);
    return last == calendar.size() - 1 || last < 0
        ? calendar
        : new TradingCalendar(calendar.days().subList(0, last + 1));
  }
}
