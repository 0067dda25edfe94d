package io.windrow.coordinator.dispatch;

import io.windrow.pool.Leadership;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this coordinator is the active one. The store's clock judges the lease; here it ends
 * earlier, by the monotonic clock and counted from before it was asked for, so that two never both
 * think they have it. What an ousted leader still has under way is harmless: every write of it
 * shows a version.
 */
public final class Leader implements Step {
  private static final Logger log = LoggerFactory.getLogger(Leader.class);
  private static final String ROLE = "coordinator";
  private static final long NEVER = Long.MIN_VALUE;

  private final Leadership leadership;
  private final String holder;
  private final Duration lease;
  private final LongSupplier nanoTime;
  private final AtomicLong until = new AtomicLong(NEVER);
  private final AtomicLong terms = new AtomicLong();

  /**
   * @param holder this process, unique
   * @param lease how long it holds without renewal; run the step three times as often
   * @param nanoTime {@code System::nanoTime}
   */
  public Leader(Leadership leadership, String holder, Duration lease, LongSupplier nanoTime) {
    this.leadership = leadership;
    this.holder = holder;
    this.lease = lease;
    this.nanoTime = nanoTime;
  }

  /** Whether to act now. */
  public boolean active() {
    long end = until.get();
    return end != NEVER && end - nanoTime.getAsLong() > 0;
  }

  /** How often it has become the active one. */
  public long terms() {
    return terms.get();
  }

  @Override
  public boolean runOnce() {
    boolean before = active();
    long asked = nanoTime.getAsLong();
    boolean now = Boolean.TRUE.equals(leadership.acquire(ROLE, holder, lease).block(lease));
    until.set(now ? asked + lease.toNanos() * 4 / 5 : NEVER);
    if (now && !before) {
      terms.incrementAndGet();
    }
    if (before != now) {
      log.atInfo().addKeyValue("holder", holder).addKeyValue("active", now).log("leadership");
    }
    return false;
  }

  /** Lets the next one take over at once. */
  public void resign() {
    if (until.getAndSet(NEVER) != NEVER) {
      leadership.release(ROLE, holder).block(lease);
    }
  }
}
