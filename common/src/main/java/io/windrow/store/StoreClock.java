package io.windrow.store;

import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The store's time, as all processes write it: what one stores as a time another compares with its
 * own, and a machine's clock may be wrong by hours.
 *
 * <p>The store is asked at the start and from then on about three times a minute. In between the
 * time goes on by this process's monotonic clock, so a machine's clock that is wrong, or is set
 * right, changes nothing. An answer places the store's time within half of its round trip; only a
 * time outside of that moves this clock, forward or back.
 */
public final class StoreClock extends Clock {
  private static final Logger log = LoggerFactory.getLogger(StoreClock.class);
  private static final Duration FRESH = Duration.ofSeconds(20);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The store tells whole milliseconds. */
  private static final Duration PRECISION = Duration.ofMillis(1);

  /** The first question opens a connection; the best of a few tells the time. */
  private static final int FIRST_QUESTIONS = 3;

  /** It may go away again just after it was found to be there: about two minutes. */
  private static final Retry FIRST_PATIENCE =
      Retry.backoff(120, Duration.ofMillis(200))
          .maxBackoff(Duration.ofSeconds(1))
          .onRetryExhaustedThrow((retry, signal) -> signal.failure());

  /** A machine's clock that is further off is worth a word: its logs are hard to compare. */
  private static final Duration NOTEWORTHY = Duration.ofSeconds(1);

  /**
   * What an answer tells.
   *
   * @param time of the store
   * @param nanos monotonic time at that moment
   * @param error how far {@code time} may be off, either way
   */
  private record Reading(Instant time, long nanos, Duration error) {
    Instant at(long later) {
      return time.plusNanos(later - nanos);
    }
  }

  private final Mono<Instant> store;
  private final LongSupplier nanoClock;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Reading known;
  private volatile long askAt;

  /**
   * Asks the store, and waits for its answer.
   *
   * @param store gives the store's time whenever it is subscribed to
   * @param nanoClock monotonic
   */
  StoreClock(Mono<Instant> store, LongSupplier nanoClock) {
    this.store = store;
    this.nanoClock = nanoClock;
    Reading best =
        Flux.defer(this::read)
            .repeat(FIRST_QUESTIONS - 1)
            .reduce((a, b) -> a.error().compareTo(b.error()) <= 0 ? a : b)
            .block();
    if (best == null) {
      throw new IllegalStateException("the store did not tell its time");
    }
    this.known = best;
    this.askAt = nanoClock.getAsLong() + FRESH.toNanos();
  }

  /**
   * The clock of a database's server.
   *
   * @throws RuntimeException if the server does not tell its time for minutes
   */
  public static StoreClock of(MongoDatabase database) {
    Mono<Instant> store = LeaseReaper.serverTime(database);
    store.retryWhen(FIRST_PATIENCE).block();
    StoreClock clock = new StoreClock(store, System::nanoTime);
    Duration ahead = clock.aheadOfMachine().negated();
    if (ahead.abs().compareTo(NOTEWORTHY) > 0) {
      log.atWarn()
          .addKeyValue("ahead", ahead)
          .log("this machine's clock is not the store's, which counts; set it, to read the logs");
    }
    return clock;
  }

  @Override
  public Instant instant() {
    long now = nanoClock.getAsLong();
    if (now - askAt >= 0 && asking.compareAndSet(false, true)) {
      ask();
    }
    return known.at(now);
  }

  /** How far the store's time is ahead of this machine's; negative if it is behind. */
  public Duration aheadOfMachine() {
    return Duration.between(Instant.now(), instant());
  }

  private void ask() {
    var unused =
        read()
            .doFinally(end -> asking.set(false))
            .subscribe(
                this::hear,
                error -> {
                  askAt = nanoClock.getAsLong() + AGAIN.toNanos();
                  log.atDebug()
                      .addKeyValue("error", error.toString())
                      .log("store did not tell its time");
                });
  }

  private void hear(Reading reading) {
    Duration moved = Duration.between(known.at(reading.nanos()), reading.time());
    if (moved.abs().compareTo(reading.error()) > 0) {
      known = reading;
      if (moved.abs().compareTo(NOTEWORTHY) > 0) {
        log.atWarn().addKeyValue("moved", moved).log("the store's clock was set");
      }
    }
    askAt = nanoClock.getAsLong() + FRESH.toNanos();
  }

  private Mono<Reading> read() {
    return Mono.defer(
        () -> {
          long sent = nanoClock.getAsLong();
          return store
              .timeout(PATIENCE)
              .map(
                  time -> {
                    long half = (nanoClock.getAsLong() - sent) / 2;
                    return new Reading(time, sent + half, PRECISION.plusNanos(half));
                  });
        });
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the store's time is a matter of instants");
  }
}
