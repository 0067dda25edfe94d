package io.windrow.cli.submission;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.SubmissionView;
import io.windrow.cli.client.TaskView;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.UserError;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at a submission until every task has its outcome. */
public final class Following {
  private static final int FAILURES_READ = 200;

  /** Time between two looks; a seam for tests. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after the time. */
    void pause(Duration time) throws InterruptedException;
  }

  private final CoordinatorClient coordinator;
  private final Duration interval;
  private final Pause pause;

  /**
   * Follows by asking.
   *
   * @param interval time between two looks
   */
  public Following(CoordinatorClient coordinator, Duration interval) {
    this(coordinator, interval, time -> Thread.sleep(time.toMillis()));
  }

  Following(CoordinatorClient coordinator, Duration interval, Pause pause) {
    this.coordinator = coordinator;
    this.interval = interval;
    this.pause = pause;
  }

  /**
   * Waits for the end.
   *
   * @param id the submission
   * @param progress what the user sees meanwhile; closed at the end
   * @return the submission as it ended
   */
  public SubmissionView untilEnd(String id, Progress progress) {
    try (progress) {
      while (true) {
        SubmissionView now = coordinator.submission(id);
        progress.show(now.finished(), now.tasks(), counts(now));
        if (now.ended()) {
          return now;
        }
        pause.pause(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted: submission " + id + " goes on by itself");
    }
  }

  /** Prints which tasks failed and why, if any did. */
  public void explain(SubmissionView ended, PrintWriter err) {
    if (ended.succeeded()) {
      return;
    }
    Map<String, List<TaskView>> byReason = new LinkedHashMap<>();
    for (TaskView task : coordinator.tasks(ended.submission(), "failed", FAILURES_READ)) {
      byReason.computeIfAbsent(task.lastMessage(), reason -> new ArrayList<>()).add(task);
    }
    byReason.forEach(
        (reason, tasks) -> {
          TaskView first = tasks.get(0);
          err.println(
              "windrow: task %s (test %s)%s failed after %d of %d attempts: %s"
                  .formatted(
                      first.id().substring(0, Math.min(12, first.id().length())),
                      first.test(),
                      tasks.size() == 1 ? "" : " and %d more".formatted(tasks.size() - 1),
                      first.attempt(),
                      first.maxAttempts(),
                      reason));
        });
    long more = ended.count("failed") - FAILURES_READ;
    if (more > 0) {
      err.println("windrow: and " + more + " more failed tasks");
    }
    if (ended.count("cancelled") > 0) {
      err.println("windrow: " + ended.count("cancelled") + " tasks were cancelled");
    }
    err.flush();
  }

  /** The states that have tasks, as words. */
  static String counts(SubmissionView view) {
    StringBuilder text = new StringBuilder();
    for (String state : SubmissionView.STATES) {
      if (view.count(state) > 0) {
        text.append(text.length() == 0 ? "" : ", ")
            .append(view.count(state))
            .append(' ')
            .append(state);
      }
    }
    return text.toString();
  }
}
