package io.windrow.pool;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Election by a lease document with its own version: at most one holder acts at a time. */
public interface Leadership {

  /**
   * Takes or renews the lease {@code role} for {@code holder}.
   *
   * @param lease how long it holds without renewal, by the server's clock
   * @return whether {@code holder} has it now
   */
  Mono<Boolean> acquire(String role, String holder, Duration lease);

  /** Gives it up at once, if {@code holder} has it. */
  Mono<Void> release(String role, String holder);
}
