package io.windrow.pool;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How long each pool keeps what its tasks have come to. */
public interface PoolRetention {

  /** Of one pool; {@link Retention#standard} if nobody has set it. */
  Mono<Retention> find(String pool);

  /** All that somebody has set. */
  Flux<Retention> list();

  Mono<Void> set(Retention retention);

  /**
   * Sets it if it is still what it was.
   *
   * @return false if somebody else has changed it
   */
  Mono<Boolean> replace(Retention was, Retention now);
}
