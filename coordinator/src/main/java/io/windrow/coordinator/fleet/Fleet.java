package io.windrow.coordinator.fleet;

import io.windrow.fleet.KnownWorker;
import io.windrow.fleet.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The workers, judged by the store's clock. */
public final class Fleet {
  private final Workers workers;
  private final Clock clock;
  private final Duration stale;
  private final Duration gone;

  /**
   * @param clock the store's
   * @param stale silent for so long, a worker has lost its leases
   * @param gone silent for so long, it is not expected back
   */
  public Fleet(Workers workers, Clock clock, Duration stale, Duration gone) {
    this.workers = workers;
    this.clock = clock;
    this.stale = stale;
    this.gone = gone;
  }

  /** All that are remembered. */
  public Flux<Member> list() {
    return workers.list().map(this::judge);
  }

  /** One of them; empty if it is not known. */
  public Mono<Member> find(String id) {
    return workers.find(id).map(this::judge);
  }

  /** Asks a worker to take nothing more, or to go on; empty if it is not known. */
  public Mono<Member> drain(String id, boolean drain) {
    return workers.drain(id, drain).map(this::judge);
  }

  private Member judge(KnownWorker worker) {
    Instant now = clock.instant();
    Duration silence = Duration.between(worker.beat(), now);
    return new Member(
        worker, worker.state(now, stale, gone), silence.isNegative() ? Duration.ZERO : silence);
  }
}
