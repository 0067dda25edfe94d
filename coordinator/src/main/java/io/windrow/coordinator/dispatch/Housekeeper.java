package io.windrow.coordinator.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.pool.Housekeeping;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Removes, from time to time, what nothing refers to and what pools have kept long enough. */
public final class Housekeeper implements Step {
  private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);

  private final Housekeeping housekeeping;
  private final Duration grace;
  private final Duration timeout;
  private final Map<String, Counter> removed;

  /**
   * @param grace what is younger is left alone
   * @param timeout longest wait for one sweep; what is left then is the next one's
   */
  public Housekeeper(
      Housekeeping housekeeping, Duration grace, Duration timeout, MeterRegistry meters) {
    this.housekeeping = housekeeping;
    this.grace = grace;
    this.timeout = timeout;
    this.removed =
        Map.of(
            "attempts", counter(meters, "attempts"),
            "files", counter(meters, "files"),
            "tasks", counter(meters, "tasks"));
  }

  private static Counter counter(MeterRegistry meters, String what) {
    return Counter.builder("windrow.housekeeping.removed")
        .description("Lost attempts, files of nobody and tasks kept long enough that were removed")
        .tag("what", what)
        .register(meters);
  }

  @Override
  public boolean runOnce() {
    sweep("attempts", housekeeping.sweepAttempts(grace));
    sweep("files", housekeeping.sweepFiles(grace));
    sweep("tasks", housekeeping.retire());
    return false;
  }

  private void sweep(String what, Mono<Long> sweep) {
    Long count = sweep.block(timeout);
    if (count != null && count > 0) {
      removed.get(what).increment(count);
      log.atInfo().addKeyValue("what", what).addKeyValue("count", count).log("removed");
    }
  }
}
