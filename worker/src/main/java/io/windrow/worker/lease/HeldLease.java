package io.windrow.worker.lease;

import io.windrow.pool.Claim;
import io.windrow.quant.run.Cancellation;
import io.windrow.store.Fencing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A claim as this worker sees it: held until the store denies it, or until too much time has passed
 * since the store last confirmed it.
 *
 * <p>Time is monotonic and counted from the moment a heartbeat was <em>sent</em>, which is never
 * later than the moment the store applied it. The question is answered when it is asked, not by a
 * timer, so that a process that was paused knows in its first instruction after it wakes.
 */
public final class HeldLease implements Cancellation {
  private final Claim claim;
  private final long holdsNanos;
  private final LongSupplier nanoClock;
  private final AtomicReference<@Nullable StopReason> stop = new AtomicReference<>();
  private final long claimedAt;
  private final long timeoutNanos;
  private volatile long confirmedAt;
  private volatile boolean settling;

  HeldLease(Claim claim, long claimedAt, long holdsNanos, LongSupplier nanoClock) {
    this.claim = claim;
    this.claimedAt = claimedAt;
    this.confirmedAt = claimedAt;
    Duration timeout = claim.task().terms().timeout();
    this.timeoutNanos = timeout == null ? Long.MAX_VALUE : timeout.toNanos();
    this.holdsNanos = holdsNanos;
    this.nanoClock = nanoClock;
  }

  public Claim claim() {
    return claim;
  }

  /** Whether the task may still be this worker's: writing in its name makes sense. */
  public boolean held() {
    return isOwn(stopReason());
  }

  /** Whether the run should stop, for any reason. */
  @Override
  public boolean requested() {
    return stopReason() != null;
  }

  /** Whether the task may be somebody else's. */
  @Override
  public boolean urgent() {
    return !held();
  }

  /** Why the run should stop; null while it should go on. */
  public @Nullable StopReason stopReason() {
    StopReason reason = stop.get();
    if (!isOwn(reason)) {
      return reason;
    }
    long now = nanoClock.getAsLong();
    if (now - confirmedAt > holdsNanos && Fencing.on()) {
      stop.compareAndSet(reason, StopReason.SILENT);
    } else if (now - claimedAt > timeoutNanos) {
      stop.compareAndSet(null, StopReason.TIMED_OUT);
    }
    return stop.get();
  }

  private static boolean isOwn(@Nullable StopReason reason) {
    return reason == null || reason == StopReason.DRAINING || reason == StopReason.TIMED_OUT;
  }

  /**
   * The run is over and its outcome goes to the store: from now on the store's no may come from
   * this very outcome.
   */
  public void settle() {
    settling = true;
  }

  /** Monotonic time at which the heartbeat was sent that the store confirmed last. */
  long confirmedAt() {
    return confirmedAt;
  }

  boolean settling() {
    return settling;
  }

  /** Asks the run to stop so that the task can be handed back; a lost lease stays lost. */
  void drain() {
    stop.compareAndSet(null, StopReason.DRAINING);
  }

  /** The store's answer to the heartbeat that was sent at {@code sentAt}. */
  void answered(long sentAt, boolean ours) {
    if (ours) {
      confirmedAt = Math.max(confirmedAt, sentAt);
    } else if (Fencing.on()) {
      stop.set(StopReason.LOST);
    }
  }
}
