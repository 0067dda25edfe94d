package io.windrow.collector.intake;

import io.windrow.pool.EndedTask;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes from the pool what the results topic has not brought: everything, if the collection was
 * lost or the topic's records have expired. The pool is the truth, the topic only the quick way.
 *
 * <p>A submission all of whose tasks are done and taken in is settled: this process looks no more
 * than whether its first outcome is still there, and whether it was submitted again.
 */
public final class Reconciler {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final int BATCH = 500;

  /** However many tasks there are, the rounds take no more than a twentieth of the time. */
  private static final int PAUSE_PER_WORK = 19;

  /** Given up then, and begun anew: what is stored already is not stored again. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(10);

  private final SubmissionStore submissions;
  private final TaskPool pool;
  private final CollectedStore store;
  private final Arrivals arrivals;
  private final IntakeMetrics metrics;
  private final Clock clock;
  private final Map<String, Settled> settled = new ConcurrentHashMap<>();
  private volatile long resumeAt = System.nanoTime();

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
    return forgetLost()
        .thenMany(submissions.list(Integer.MAX_VALUE))
        .filter(submission -> !Settled.of(submission).equals(settled.get(submission.id())))
        .concatMapDelayError(this::reconcile) // one that cannot be read does not stop the others
        .reduce(0, Integer::sum);
  }

  /** The whole collection may have been lost, or a submission have been removed. */
  private Mono<Void> forgetLost() {
    return Mono.fromSupplier(() -> settled.values().stream().map(Settled::firstTask).toList())
        .flatMap(store::versions)
        .doOnNext(there -> settled.values().removeIf(s -> !there.containsKey(s.firstTask())))
        .then();
  }

  /** One round of the schedule. Never throws: the next round tries again. */
  void run() {
    long begin = System.nanoTime();
    if (begin - resumeAt < 0) {
      return;
    }
    try {
      reconcile().block(LONGEST_ROUND);
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("error", e.toString())
          .log("reconciliation failed, will be repeated");
    }
    long end = System.nanoTime();
    resumeAt = end + PAUSE_PER_WORK * (end - begin);
  }

  private Mono<Integer> reconcile(Submission submission) {
    int expected = submission.taskIds().size();
    return Flux.fromIterable(submission.taskIds())
        .buffer(BATCH)
        .concatMap(this::compare)
        .reduce(Round.EMPTY, Round::plus)
        .map(
            round -> {
              if (round.done == expected && submission.state() == Submission.State.INSERTED) {
                settled.put(submission.id(), Settled.of(submission));
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

  /** By their versions; only what is missing is read as a whole. */
  private Mono<Round> compare(List<String> ids) {
    return pool.ended(ids)
        .collectList()
        .zipWith(store.versions(ids))
        .flatMap(
            both -> {
              List<EndedTask> ended = both.getT1();
              List<String> missing =
                  ended.stream()
                      .filter(task -> task.version() > both.getT2().getOrDefault(task.id(), 0L))
                      .map(EndedTask::id)
                      .toList();
              int done = (int) ended.stream().filter(t -> t.state() == TaskState.DONE).count();
              return store(missing).map(upserted -> new Round(done, upserted));
            });
  }

  private Mono<Integer> store(List<String> ids) {
    return pool.find(ids)
        .filter(task -> task.state().terminal()) // it may have been replayed since
        .map(task -> Collected.of(task, clock.instant()))
        .collectList()
        .flatMap(outcomes -> outcomes.isEmpty() ? Mono.just(0) : upsert(outcomes));
  }

  private Mono<Integer> upsert(List<Collected> outcomes) {
    return store.upsert(outcomes).map(UpsertCount::upserted);
  }

  /**
   * A submission that needs no look.
   *
   * @param begunAt another time means that it was submitted again, maybe for tasks that are new
   * @param firstTask whose outcome stands for those of all
   */
  private record Settled(Instant begunAt, String firstTask) {
    static Settled of(Submission submission) {
      return new Settled(
          submission.createdAt(), submission.taskIds().stream().findFirst().orElse(""));
    }
  }

  private record Round(int done, int upserted) {
    static final Round EMPTY = new Round(0, 0);

    Round plus(Round other) {
      return new Round(done + other.done, upserted + other.upserted);
    }
  }
}
