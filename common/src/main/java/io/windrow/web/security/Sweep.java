package io.windrow.web.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A deletion of what is old, done now and then on the occasion of something else, which does not
 * wait for it: not every store heeds an index that would do it.
 */
final class Sweep {
  private static final Logger log = LoggerFactory.getLogger(Sweep.class);
  private static final Duration PAUSE = Duration.ofHours(1);

  private final String collection;
  private final Supplier<Mono<Long>> deletion;
  private final Clock clock;
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

  /**
   * @param collection for the log
   * @param deletion says how many it deleted
   */
  Sweep(String collection, Supplier<Mono<Long>> deletion, Clock clock) {
    this.collection = collection;
    this.deletion = deletion;
    this.clock = clock;
  }

  /** Begins one, unless there was one within the hour. */
  void onOccasion() {
    Instant now = clock.instant();
    Instant before = last.get();
    if (!before.plus(PAUSE).isAfter(now) && last.compareAndSet(before, now)) {
      deletion
          .get()
          .subscribe(
              deleted ->
                  log.atDebug()
                      .addKeyValue("collection", collection)
                      .addKeyValue("deleted", deleted)
                      .log("swept what is old"),
              e ->
                  log.atWarn()
                      .addKeyValue("collection", collection)
                      .addKeyValue("error", e.toString())
                      .log("what is old stays for another hour"));
    }
  }
}
