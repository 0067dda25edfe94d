package io.windrow.collector.collect;

import io.windrow.collector.collect.Window.Done;
import io.windrow.collector.collect.Window.Failed;
import io.windrow.collector.collect.Window.Missing;
import io.windrow.collector.intake.Collected;
import io.windrow.pool.Submission;
import io.windrow.task.Attempt;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a submission has come: each window it is expected to bring, in order of generation.
 *
 * @param submission the submission
 * @param windows one entry per expected task
 */
public record Progress(Submission submission, List<Window> windows) {
  private static final String ABSENT = "absent";

  public Progress {
    windows = List.copyOf(windows);
  }

  /**
   * Compares what is expected with what is there.
   *
   * <p>A task that was superseded before it was done is expected no more; the task on the longer
   * calendar takes its place.
   *
   * @param tasks the pool's tasks by id, those that supersede others included
   * @param collected what was taken in, by task id
   */
  static Progress of(
      Submission submission, Map<String, Task> tasks, Map<String, Collected> collected) {
    Map<String, Window> windows = new LinkedHashMap<>();
    int order = 0;
    for (String id : submission.taskIds()) {
      String current = current(id, tasks);
      windows.putIfAbsent(
          current, window(current, order++, tasks.get(current), collected.get(current)));
    }
    return new Progress(submission, List.copyOf(windows.values()));
  }

  /** The task that stands for an expected one today. */
  static String current(String id, Map<String, Task> tasks) {
    String current = id;
    for (int hops = 0; hops <= tasks.size(); hops++) {
      Task task = tasks.get(current);
      if (task == null || task.supersededBy() == null || task.state() == TaskState.DONE) {
        return current;
      }
      current = task.supersededBy();
    }
    throw new IllegalStateException("task " + id + " supersedes itself");
  }

  /** Whether every expected window is there: only then is a series of them without a gap. */
  public boolean complete() {
    return submission.state() == Submission.State.INSERTED
        && windows.stream().allMatch(Done.class::isInstance);
  }

  /** What is known of the windows, in order of generation. */
  List<WindowPlan> plans() {
    return windows.stream().map(Window::plan).filter(Objects::nonNull).toList();
  }

  public List<Done> done() {
    return only(Done.class).toList();
  }

  public List<Missing> missing() {
    return only(Missing.class).toList();
  }

  public List<Failed> failed() {
    return only(Failed.class).toList();
  }

  private <W extends Window> Stream<W> only(Class<W> kind) {
    return windows.stream().filter(kind::isInstance).map(kind::cast);
  }

  private static Window window(String id, int order, @Nullable Task task, @Nullable Collected row) {
    if (task == null) {
      return new Missing(id, ABSENT, null);
    }
    WindowPlan plan = WindowPlan.of(task, order);
    if (task.state() == TaskState.FAILED) {
      return new Failed(plan, failure(task));
    }
    TaskResult result = task.result();
    if (task.state() != TaskState.DONE
        || result == null
        || row == null
        || row.state() != TaskState.DONE
        || !result.recorder().equals(row.recorder())) {
      return new Missing(id, task.state().word(), plan);
    }
    Attempt attempt = lastAttempt(task);
    return attempt == null
        ? new Done(plan, result.recorder(), row.metrics(), null, null, null)
        : new Done(
            plan,
            result.recorder(),
            row.metrics(),
            attempt.worker(),
            attempt.startedAt(),
            attempt.endedAt());
  }

  private static String failure(Task task) {
    Attempt attempt = lastAttempt(task);
    if (attempt == null) {
      return "failed, its history does not say why";
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        "attempt "
            + attempt.attempt()
            + " of "
            + task.terms().maxAttempts()
            + " "
            + attempt.outcome());
    if (attempt.errorClass() != null) {
      parts.add(attempt.errorClass());
    }
    if (attempt.message() != null) {
      parts.add(attempt.message());
    }
    return String.join(": ", parts);
  }

  private static @Nullable Attempt lastAttempt(Task task) {
    List<Attempt> history = task.history();
    return history.isEmpty() ? null : history.get(history.size() - 1);
  }
}
