package io.windrow.worker.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.UndecodableMessage;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.TaskPool;
import io.windrow.task.Task;
import io.windrow.worker.execute.AttemptRunner;
import io.windrow.worker.execute.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

  /** The {@code result} tag of {@code windrow.task.claims}: every announcement counts once. */
  private enum ClaimCount {
    CLAIMED,
    STALE,
    DEFERRED,
    UNDECODABLE,
    ERROR
  }

  private final MessageCodec codec;
  private final TaskPool pool;
  private final String worker;
  private final Slots slots;
  private final AttemptRunner runner;
  private final DeadLetters deadLetters;
  private final Duration storeTimeout;
  private final MeterRegistry meters;

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
    this.meters = meters;
    for (ClaimCount each : ClaimCount.values()) {
      counter(each);
    }
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
   * Uses a reserved slot for each record: its task runs in it, or it is given back. The claims of
   * several go to the store side by side.
   *
   * @return what is to become of each record
   */
  Map<ConsumerRecord<byte[], byte[]>, Verdict> take(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<ConsumerRecord<byte[], byte[]>, Verdict> verdicts = new LinkedHashMap<>();
    List<Announcement> announced = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        announced.add(new Announcement(record, codec.announced(record.value())));
      } catch (UndecodableMessage e) {
        slots.giveBack(1);
        verdicts.put(record, undecodable(record, e));
      }
    }
    // Taken before the claims are sent: no lease can end later than counted from here.
    long claimedAt = System.nanoTime();
    List<Answer> answers =
        Objects.requireNonNull(
            Flux.fromIterable(announced).flatMapSequential(this::answer).collectList().block());
    for (Answer answer : answers) {
      verdicts.put(answer.of().record(), settle(answer, claimedAt));
    }
    return verdicts;
  }

  /** What the store said to a claim, or why it said nothing. */
  private record Answer(Announcement of, @Nullable ClaimResult result, @Nullable Throwable error) {}

  private Mono<Answer> answer(Announcement each) {
    return Mono.defer(() -> pool.claim(each.task().taskId(), each.task().version(), worker))
        .timeout(storeTimeout)
        .map(result -> new Answer(each, result, null))
        .onErrorResume(error -> Mono.just(new Answer(each, null, error)));
  }

  private Verdict settle(Answer answer, long claimedAt) {
    TaskAnnounced announced = answer.of().task();
    if (answer.error() != null) {
      slots.giveBack(1);
      return unanswered(announced, answer.error());
    }
    ClaimResult result = answer.result();
    if (result instanceof ClaimResult.Claimed claimed) {
      started(claimed.claim());
      slots.run(() -> runner.run(claimed.claim(), claimedAt));
    } else {
      slots.giveBack(1);
      count(result instanceof ClaimResult.Deferred ? ClaimCount.DEFERRED : ClaimCount.STALE);
      log.atDebug().addKeyValue("taskId", announced.taskId()).log("announcement needs no run");
    }
    return Verdict.SETTLED;
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
    count(ClaimCount.CLAIMED);
    Task task = claim.task();
    Instant runnable =
        task.notBefore().isAfter(task.createdAt()) ? task.notBefore() : task.createdAt();
    // Both ends are the store's times, so worker clocks do not matter.
    Duration waited = Duration.between(runnable, task.updatedAt());
    Timer.builder("windrow.task.schedule.to.start")
        .description("From the moment a task may run to its claim")
        .tag("queue", task.queue())
        .register(meters)
        .record(waited.isNegative() ? Duration.ZERO : waited);
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
    count(ClaimCount.UNDECODABLE);
    return Verdict.SETTLED;
  }

  private Verdict unanswered(TaskAnnounced announced, Throwable error) {
    count(ClaimCount.ERROR);
    log.atWarn()
        .addKeyValue("taskId", announced.taskId())
        .addKeyValue("version", announced.version())
        .addKeyValue("error", error.toString())
        .log("store did not answer the claim, the announcement will come again");
    return Verdict.AGAIN;
  }

  private void count(ClaimCount result) {
    counter(result).increment();
  }

  private Counter counter(ClaimCount result) {
    return Counter.builder("windrow.task.claims")
        .description("Announcements by what came of them")
        .tag("result", result.name().toLowerCase(Locale.ROOT))
        .register(meters);
  }
}
