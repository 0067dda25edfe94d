package io.windrow.worker.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.TaskPool;
import io.windrow.task.Outcome;
import io.windrow.task.TaskState;
import io.windrow.trace.Traces;
import io.windrow.worker.ScriptedStore;
import io.windrow.worker.commit.OutcomeCommitter;
import io.windrow.worker.commit.StoreRetry;
import io.windrow.worker.execute.AttemptRunner;
import io.windrow.worker.execute.FailureClassifier;
import io.windrow.worker.execute.NoopExecutor;
import io.windrow.worker.lease.LeaseKeeper;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A pool in which every id names a task, which the first claim wins. */
final class ManyTasks {
  private static final Duration MOMENT = Duration.ofMillis(5);

  final Set<String> claimed = ConcurrentHashMap.newKeySet();
  final List<String> done = new CopyOnWriteArrayList<>();
  final List<String> handedBack = new CopyOnWriteArrayList<>();
  volatile boolean away;

  /** A claim takes effect at once; its answer waits for the end of this. */
  volatile Mono<Void> claimsAnswered = Mono.empty();

  /** The same of a hand-back. */
  volatile Mono<Void> handBacksAnswered = Mono.empty();

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger mostAsked = new AtomicInteger();
  private final Map<String, Object> definition;

  ManyTasks(Map<String, Object> definition) {
    this.definition = definition;
  }

  TaskPool pool() {
    return (TaskPool)
        Proxy.newProxyInstance(
            TaskPool.class.getClassLoader(),
            new Class<?>[] {TaskPool.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "find" -> answer(Mono.empty());
                  case "claim" ->
                      answer(
                          sideBySide(() -> claim((String) args[0]))
                              .delayUntil(claim -> claimsAnswered));
                  case "heartbeat" -> answer(Mono.just(Set.of()));
                  case "commit" ->
                      answer(Mono.fromSupplier(() -> commit((Claim) args[0], (Outcome) args[1])))
                          .delayUntil(
                              end ->
                                  args[1] instanceof Outcome.HandedBack
                                      ? handBacksAnswered
                                      : Mono.empty());
                  case "markPublished" -> answer(Mono.empty());
                  default -> throw new UnsupportedOperationException(method.toString());
                });
  }

  private <T> Mono<T> answer(Mono<T> reply) {
    return Mono.defer(
        () -> away ? Mono.error(new IllegalStateException("the store is away")) : reply);
  }

  /** How many claims were under way at the same time, at the most. */
  int mostAtOnce() {
    return mostAsked.get();
  }

  /** Takes a moment, in which others may ask, too. */
  private <T> Mono<T> sideBySide(Supplier<T> reply) {
    return Mono.defer(
        () -> {
          mostAsked.accumulateAndGet(asked.incrementAndGet(), Math::max);
          return Mono.delay(MOMENT).map(zero -> reply.get()).doOnTerminate(asked::decrementAndGet);
        });
  }

  private ClaimResult claim(String id) {
    return claimed.add(id)
        ? new ClaimResult.Claimed(new Claim(ScriptedStore.running(id, definition), "token"))
        : new ClaimResult.Stale();
  }

  private CommitResult commit(Claim claim, Outcome outcome) {
    if (outcome instanceof Outcome.HandedBack) {
      handedBack.add(claim.task().id());
      return new CommitResult.Committed(TaskState.WAITING, claim.version() + 1);
    }
    done.add(claim.task().id());
    return new CommitResult.Committed(TaskState.DONE, claim.version() + 1);
  }

  /** Runs these tasks; what they leave is thrown away. */
  AttemptRunner runner(LeaseKeeper leases, MeterRegistry meters) {
    ScriptedStore records = new ScriptedStore(ScriptedStore.running(Map.of()));
    OutcomeCommitter committer =
        new OutcomeCommitter(
            pool(),
            records,
            records,
            finished -> Mono.empty(),
            StoreRetry.within(Duration.ofSeconds(10)),
            meters);
    return new AttemptRunner(
        List.of(new NoopExecutor()),
        new FailureClassifier(),
        leases,
        committer,
        Map.of(),
        Clock.systemUTC(),
        Traces.OFF,
        meters);
  }
}
