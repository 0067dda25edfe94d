package io.windrow.fleet;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The workers that there are. A worker writes its own presence; others only ask something of it.
 */
public interface Workers {

  /**
   * A worker's first word: whatever was asked of an earlier process of its name is forgotten.
   *
   * @return whether it is asked to drain, which is no
   */
  Mono<Boolean> join(Presence presence);

  /**
   * A worker's beat: one small write, whatever it runs.
   *
   * @return whether it is asked to drain
   */
  Mono<Boolean> beat(Presence presence);

  /** A worker's last word. */
  Mono<Void> leave(String id);

  /** All that are remembered. */
  Flux<KnownWorker> list();

  /** One of them; empty if it is not known. */
  Mono<KnownWorker> find(String id);

  /**
   * Asks a worker to take nothing more, or to go on; it sees it with its next beat.
   *
   * @return the worker then; empty if it is not known
   */
  Mono<KnownWorker> drain(String id, boolean drain);

  /**
   * Forgets workers.
   *
   * @param silence those that have not beaten for so long
   * @return how many
   */
  Mono<Long> forget(Duration silence);
}
