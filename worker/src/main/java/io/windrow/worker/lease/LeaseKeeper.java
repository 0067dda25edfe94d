package io.windrow.worker.lease;

import io.windrow.pool.Claim;
import io.windrow.pool.TaskPool;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Beats for all claims this worker holds, in one request three times per lease, from one thread
 * that never waits for the store.
 *
 * <p>The others count a lease from the moment the store applied a beat, this worker from the moment
 * it sent it, and a fifth less. What a run holds outside of this JVM has that fifth to be ended in
 * before the task can run elsewhere.
 */
public final class LeaseKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

  /** A run stops itself this part of a lease before the lease can have ended for others. */
  private static final int MARGIN_PARTS = 5;

  private final TaskPool pool;
  private final Duration lease;
  private final LongSupplier nanoClock;
  private final Set<HeldLease> held = ConcurrentHashMap.newKeySet();
  private final LongAdder renewed = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Pulse pulse;

  /**
   * @param lease how long a claim lives without a heartbeat; the same in all processes
   * @param nanoClock monotonic, {@code System::nanoTime} but in tests
   */
  public LeaseKeeper(TaskPool pool, Duration lease, LongSupplier nanoClock) {
    this.pool = pool;
    this.lease = lease;
    this.nanoClock = nanoClock;
    this.pulse = new Pulse("heartbeat", this::beat, lease.dividedBy(3), nanoClock);
  }

  /** Begins to beat. */
  public void start() {
    pulse.start();
  }

  /**
   * Whether beats go out, be they answered or not: false once this process has not managed to send
   * one for a whole lease. True before the start and after the end.
   */
  public boolean beating() {
    return pulse.silence().compareTo(lease) < 0;
  }

  /**
   * Takes a fresh claim into care.
   *
   * @param claimedAt monotonic time just before the claim was sent
   */
  public HeldLease hold(Claim claim, long claimedAt) {
    long holds = lease.minus(lease.dividedBy(MARGIN_PARTS)).toNanos();
    HeldLease fresh = new HeldLease(claim, claimedAt, holds, nanoClock);
    held.add(fresh);
    return fresh;
  }

  /** Stops beating for a claim; its outcome is recorded or no longer ours to record. */
  public void release(HeldLease lease) {
    held.remove(lease);
  }

  /** Asks all runs to stop and be handed back. */
  public void drain() {
    held.forEach(HeldLease::drain);
  }

  /**
   * Ids of tasks that are held.
   *
   * @param most at most so many
   */
  public List<String> tasks(int most) {
    return held.stream().limit(most).map(each -> each.claim().task().id()).toList();
  }

  /** How long a lease holds without a heartbeat. */
  public Duration lease() {
    return lease;
  }

  /** The longest time since the store last confirmed one of the leases; 0 if there are none. */
  Duration silence() {
    long now = nanoClock.getAsLong();
    return Duration.ofNanos(
        held.stream().mapToLong(each -> now - each.confirmedAt()).max().orElse(0));
  }

  long renewed() {
    return renewed.sum();
  }

  long lost() {
    return lost.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** Sends one heartbeat for all claims. */
  void beat() {
    List<HeldLease> all = List.copyOf(held);
    if (all.isEmpty()) {
      return;
    }
    List<Claim> claims = all.stream().map(HeldLease::claim).toList();
    long sentAt = nanoClock.getAsLong();
    // The latest useful answer comes before the next beat; a later one could only hide a silence.
    Mono.defer(() -> pool.heartbeat(claims))
        .timeout(lease.dividedBy(3))
        .subscribe(
            lost ->
                all.forEach(each -> answered(each, sentAt, !lost.contains(each.claim().token()))),
            error -> {
              failed.add(claims.size());
              log.atWarn()
                  .addKeyValue("claims", claims.size())
                  .addKeyValue("error", error.toString())
                  .log("heartbeat failed");
            });
  }

  private void answered(HeldLease each, long sentAt, boolean ours) {
    each.answered(sentAt, ours);
    if (ours) {
      renewed.increment();
    } else if (!each.settling() && held.contains(each)) {
      lost.increment();
      log.atWarn()
          .addKeyValue("taskId", each.claim().task().id())
          .addKeyValue("version", each.claim().version())
          .log("lease lost, stopping the run");
    }
  }

  @Override
  public void close() {
    pulse.close();
  }
}
