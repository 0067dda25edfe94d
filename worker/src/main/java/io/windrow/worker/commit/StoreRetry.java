package io.windrow.worker.commit;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Waits for the store, and asks again with growing pauses while that makes sense. Only for
 * operations that may be repeated.
 *
 * @param callTimeout longest wait for one answer
 * @param firstPause pause after the first error; doubles up to {@code maxPause}
 * @param maxPause longest pause
 * @param patience no new attempt later than this after the first
 */
public record StoreRetry(
    Duration callTimeout, Duration firstPause, Duration maxPause, Duration patience) {

  private static final int BYTES_PER_MILLI = 1 << 10;
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  /** For a worker whose claims live for {@code lease}. */
  public static StoreRetry within(Duration lease) {
    return new StoreRetry(
        lease.dividedBy(2), Duration.ofMillis(100), Duration.ofSeconds(1), lease.multipliedBy(2));
  }

  /**
   * As long as it takes: until the store answers, it is not worth while any more, or the thread is
   * interrupted.
   */
  StoreRetry untilAnswered() {
    return new StoreRetry(callTimeout, firstPause, maxPause, FOR_EVER);
  }

  /** For an operation that sends so many bytes: a megabyte a second is slow, but no silence. */
  StoreRetry forBytes(long bytes) {
    Duration sending = Duration.ofMillis(bytes / BYTES_PER_MILLI);
    return new StoreRetry(callTimeout.plus(sending), firstPause, maxPause, patience.plus(sending));
  }

  /**
   * The answer, or null if it is empty.
   *
   * @param operation subscribed once per attempt
   * @param worthwhile asked before each further attempt
   * @throws RuntimeException the last error, once it is not worth while any more
   */
  public <T> @Nullable T call(Supplier<Mono<T>> operation, BooleanSupplier worthwhile) {
    long begin = System.nanoTime();
    return Mono.defer(operation)
        .timeout(callTimeout)
        .retryWhen(
            Retry.backoff(Long.MAX_VALUE, firstPause)
                .maxBackoff(maxPause)
                .filter(
                    error -> // one of input or output is of a file here, not of the store
                    !(error instanceof IOException)
                            && System.nanoTime() - begin < patience.toNanos()
                            && worthwhile.getAsBoolean()))
        .block();
  }
}
