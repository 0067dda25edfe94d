package io.windrow.collector.intake;

import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Takes from the pool what the results topic has not brought: everything, if the collection was
 * lost or the topic's records have expired. The pool is the truth, the topic only the quick way.
 *
 * <p>A submission all of whose tasks are done and taken in is not looked at again by this process:
 * done is for ever.
 */
public final class Reconciler {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final Set<TaskState> FINAL =
      Set.of(TaskState.DONE, TaskState.FAILED, TaskState.CANCELLED);
  private static final int BATCH = 500;

  /** Given up then, and begun anew: what is stored already is not stored again. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(10);

  private final SubmissionStore submissions;
  private final TaskPool pool;
  private final CollectedStore store;
  private final Arrivals arrivals;
  private final IntakeMetrics metrics;
  private final Clock clock;
  private final Set<String> settled = ConcurrentHashMap.newKeySet();

  Reconciler(
      SubmissionStore submissions,
      TaskPool pool,
      CollectedStore store,
      Arrivals arrivals,
      IntakeMetrics metrics,
      Clock clock) {
    this.submissions = submissions;
    this.pool = pool;
    this.store = store;
    this.arrivals = arrivals;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Compares every submission that is not settled with the pool.
   *
   * @return how many outcomes were missing and are stored now
   */
  public Mono<Integer> reconcile() {
    return submissions
        .list(Integer.MAX_VALUE)
        .filter(submission -> !settled.contains(submission.id()))
        .concatMapDelayError(this::reconcile) // one that cannot be read does not stop the others
        .reduce(0, Integer::sum);
  }

  /** One round of the schedule. Never throws: the next round tries again. */
  void run() {
    try {
      reconcile().block(LONGEST_ROUND);
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("error", e.toString())
          .log("reconciliation failed, will be repeated");
    }
  }

  private Mono<Integer> reconcile(Submission submission) {
    int expected = submission.taskIds().size();
    return pool.find(new TaskQuery(null, submission.id(), FINAL, Math.max(1, expected)))
        .buffer(BATCH)
        .concatMap(this::store)
        .reduce(Round.EMPTY, Round::plus)
        .map(
            round -> {
              if (round.done == expected && submission.state() == Submission.State.INSERTED) {
                settled.add(submission.id());
              }
              if (round.upserted > 0) {
                metrics.reconciled(round.upserted);
                arrivals.arrived(Set.of(submission.id()));
                log.atInfo()
                    .addKeyValue("submission", submission.id())
                    .addKeyValue("outcomes", round.upserted)
                    .log("outcomes taken from the pool");
              }
              return round.upserted;
            });
  }

  private Mono<Round> store(List<Task> tasks) {
    int done = (int) tasks.stream().filter(task -> task.state() == TaskState.DONE).count();
    return store
        .upsert(tasks.stream().map(task -> Collected.of(task, clock.instant())).toList())
        .map(count -> new Round(done, count.upserted()));
  }

  private record Round(int done, int upserted) {
    static final Round EMPTY = new Round(0, 0);

    Round plus(Round other) {
      return new Round(done + other.done, upserted + other.upserted);
    }
  }
}
