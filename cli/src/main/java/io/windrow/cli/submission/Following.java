package io.windrow.cli.submission;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.SubmissionView;
import io.windrow.cli.client.TaskView;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.Times;
import io.windrow.cli.terminal.UserError;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Looks at a submission until every task has its outcome. */
public final class Following {
  private static final int FAILURES_READ = 200;

  /** So many looks without a change, and it is asked whether anybody works at all. */
  private static final int IDLE = 6;

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
    return untilEnd(id, progress, Times.FOREVER, null);
  }

  /**
   * Waits for the end.
   *
   * @param longest not longer than this
   * @param err told once if nobody will run what waits, or null
   */
  SubmissionView untilEnd(
      String id, Progress progress, Duration longest, @Nullable PrintWriter err) {
    Estimate estimate = new Estimate(System::nanoTime);
    long began = System.nanoTime();
    int idle = 0;
    String last = "";
    try (progress) {
      while (true) {
        SubmissionView now = coordinator.submission(id);
        progress.show(
            now.finished(), now.tasks(), counts(now), estimate.seen(now.finished(), now.tasks()));
        if (now.ended()) {
          return now;
        }
        if (System.nanoTime() - began > longest.toNanos()) {
          throw new UserError(
              "submission %s has not ended in time: %s; it goes on by itself"
                  .formatted(id, counts(now)));
        }
        idle = counts(now).equals(last) ? idle + 1 : 0;
        last = counts(now);
        if (idle == IDLE && err != null) {
          warnOfUnserved(now, err);
        }
        pause.pause(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted: submission " + id + " goes on by itself");
    }
  }

  /** Says so if tasks wait on a queue that no worker serves. */
  void warnOfUnserved(SubmissionView view, PrintWriter err) {
    if (view.count("waiting") + view.count("queued") == 0) {
      return;
    }
    for (JsonNode queue : coordinator.ask("queues", Map.of())) {
      String name = queue.path("queue").asString();
      if (queue.path("unserved").asBoolean() && waits(view, name)) {
        err.println(
            "windrow: no worker serves queue %s: start one with 'windrow worker --queue %s'"
                .formatted(name, name));
      }
    }
    err.flush();
  }

  /** Later stages of a submission may stand on other queues than its own. */
  private boolean waits(SubmissionView view, String queue) {
    return queue.equals(view.queue())
        || !coordinator
            .ask(
                "tasks",
                Map.of(
                    "filter",
                    "submission='%s', queue='%s', state in (waiting, queued)"
                        .formatted(view.submission(), queue),
                    "fields",
                    "id",
                    "limit",
                    "1"))
            .isEmpty();
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
