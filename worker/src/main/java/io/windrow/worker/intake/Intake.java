package io.windrow.worker.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.failpoint.FailPoint;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.UndecodableMessage;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.TaskPool;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.worker.execute.AttemptRunner;
import io.windrow.worker.execute.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What happens to announcements, whatever kind of consumer brought them: decode, claim, run. Shared
 * by the sources of all queues; safe for their threads.
 */
public final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private final MessageCodec codec;
  private final TaskPool pool;
  private final String worker;
  private final Slots slots;
  private final AttemptRunner runner;
  private final DeadLetters deadLetters;
  private final Duration storeTimeout;
  private final IntakeMetrics metrics;

  /**
   * @param worker this worker's name
   * @param storeTimeout longest wait for a claim; below the time the broker locks a record for
   */
  public Intake(
      MessageCodec codec,
      TaskPool pool,
      String worker,
      Slots slots,
      AttemptRunner runner,
      DeadLetters deadLetters,
      Duration storeTimeout,
      MeterRegistry meters) {
    this.codec = codec;
    this.pool = pool;
    this.worker = worker;
    this.slots = slots;
    this.runner = runner;
    this.deadLetters = deadLetters;
    this.storeTimeout = storeTimeout;
    this.metrics = new IntakeMetrics(meters);
  }

  /** Shows the meters of these queues before anything was taken from them. */
  public void know(Collection<String> queues) {
    metrics.know(queues);
  }

  /** Slots of this worker, free or not. */
  int slots() {
    return slots.total();
  }

  /** Waits for free slots and reserves up to {@code most} for the next {@link #take}. */
  int reserve(int most, Duration timeout) throws InterruptedException {
    return slots.reserve(most, timeout);
  }

  /** Gives reserved slots back: nothing was announced for them. */
  void giveBack(int unused) {
    slots.giveBack(unused);
  }

  /** A record and what it says. */
  private record Announcement(ConsumerRecord<byte[], byte[]> record, TaskAnnounced task) {}

  /**
   * Uses a reserved slot for each record: its task runs in it, or it is given back, also after an
   * error. The claims of several go to the store side by side.
   *
   * @param stopping whether the worker stops, asked once the claims are answered: what it has won
   *     by then is handed back
   * @return what is to become of each record
   */
  Map<ConsumerRecord<byte[], byte[]>, Verdict> take(
      List<ConsumerRecord<byte[], byte[]>> records, BooleanSupplier stopping) {
    Map<ConsumerRecord<byte[], byte[]>, Verdict> verdicts = new LinkedHashMap<>();
    List<Claim> unwanted = new ArrayList<>();
    int unused = records.size();
    try {
      List<Announcement> announced = decoded(records, verdicts);
      // Taken before the claims are sent: no lease can end later than counted from here.
      long claimedAt = System.nanoTime();
      for (Answer answer : answers(announced)) {
        if (!(answer.result() instanceof ClaimResult.Claimed claimed)) {
          verdicts.put(answer.of().record(), withoutRun(answer));
          continue;
        }
        verdicts.put(answer.of().record(), Verdict.SETTLED);
        if (stopping.getAsBoolean()) {
          unwanted.add(claimed.claim());
        } else {
          FailPoint.INTAKE_CLAIMED.pass();
          started(claimed.claim());
          unused--;
          slots.run(() -> runner.run(claimed.claim(), claimedAt));
        }
      }
      // Together, and before their slots are free: the drain waits for these.
      handBack(unwanted);
    } finally {
      slots.giveBack(unused);
    }
    return verdicts;
  }

  private List<Announcement> decoded(
      List<ConsumerRecord<byte[], byte[]>> records,
      Map<ConsumerRecord<byte[], byte[]>, Verdict> verdicts) {
    List<Announcement> announced = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        announced.add(new Announcement(record, codec.announced(record.value())));
      } catch (UndecodableMessage e) {
        verdicts.put(record, undecodable(record, e));
      }
    }
    return announced;
  }

  /** What the store said to a claim, or why it said nothing. */
  private record Answer(Announcement of, @Nullable ClaimResult result, @Nullable Throwable error) {}

  private List<Answer> answers(List<Announcement> announced) {
    return Objects.requireNonNull(
        Flux.fromIterable(announced).flatMapSequential(this::answer).collectList().block());
  }

  private Mono<Answer> answer(Announcement each) {
    CompletableFuture<ClaimResult> claim =
        pool.claim(each.task().taskId(), each.task().version(), worker).toFuture();
    return Mono.fromFuture(claim, true)
        .timeout(storeTimeout)
        .map(result -> new Answer(each, result, null))
        .onErrorResume(
            error -> {
              // The store may carry it out all the same; nobody here waits for it any more.
              var unused = claim.thenAccept(this::handBackLate);
              return Mono.just(new Answer(each, null, error));
            });
  }

  private Verdict withoutRun(Answer answer) {
    TaskAnnounced announced = answer.of().task();
    if (answer.error() != null) {
      return unanswered(announced, answer.error());
    }
    metrics.count(
        answer.result() instanceof ClaimResult.Deferred
            ? IntakeMetrics.Claims.DEFERRED
            : IntakeMetrics.Claims.STALE);
    log.atDebug().addKeyValue("taskId", announced.taskId()).log("announcement needs no run");
    return Verdict.SETTLED;
  }

  private void handBack(List<Claim> unwanted) {
    Flux.fromIterable(unwanted)
        .flatMap(claim -> handBack(claim, "the worker is shutting down"))
        .blockLast();
  }

  private void handBackLate(ClaimResult result) {
    if (result instanceof ClaimResult.Claimed late) {
      var unused = handBack(late.claim(), "the store answered the claim too late").subscribe();
    }
  }

  /** Uncharged. If the store does not take it, the lease will settle it. */
  private Mono<Void> handBack(Claim claim, String reason) {
    metrics.count(IntakeMetrics.Claims.HANDED_BACK);
    return pool.commit(claim, new Outcome.HandedBack(reason))
        .timeout(storeTimeout)
        .then()
        .onErrorResume(
            error -> {
              log.atWarn()
                  .addKeyValue("taskId", claim.task().id())
                  .addKeyValue("version", claim.version())
                  .addKeyValue("error", error.toString())
                  .log("claim not handed back, the lease will settle it");
              return Mono.empty();
            });
  }

  /** Whether the store answers; asked before a source takes again after an error. */
  boolean storeAnswers() {
    try {
      pool.find("0").timeout(storeTimeout).block();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void started(Claim claim) {
    metrics.count(IntakeMetrics.Claims.CLAIMED);
    Task task = claim.task();
    Instant runnable =
        task.notBefore().isAfter(task.createdAt()) ? task.notBefore() : task.createdAt();
    // Both ends are the store's times, so worker clocks do not matter.
    Duration waited = Duration.between(runnable, task.updatedAt());
    metrics.started(task.queue(), waited.isNegative() ? Duration.ZERO : waited);
    log.atInfo()
        .addKeyValue("taskId", task.id())
        .addKeyValue("version", task.version())
        .addKeyValue("attempt", task.attempt())
        .addKeyValue("pool", task.pool())
        .addKeyValue("queue", task.queue())
        .addKeyValue("worker", worker)
        .log("task claimed");
  }

  private Verdict undecodable(ConsumerRecord<byte[], byte[]> record, UndecodableMessage error) {
    if (!deadLetters.park(record, error.getMessage())) {
      return Verdict.AGAIN;
    }
    metrics.count(IntakeMetrics.Claims.UNDECODABLE);
    return Verdict.SETTLED;
  }

  private Verdict unanswered(TaskAnnounced announced, Throwable error) {
    metrics.count(IntakeMetrics.Claims.ERROR);
    log.atWarn()
        .addKeyValue("taskId", announced.taskId())
        .addKeyValue("version", announced.version())
        .addKeyValue("error", error.toString())
        .log("store did not answer the claim, the announcement will come again");
    return Verdict.AGAIN;
  }
}
