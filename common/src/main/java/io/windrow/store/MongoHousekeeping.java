package io.windrow.store;

import io.windrow.experiment.OrphanFiles;
import io.windrow.pool.Housekeeping;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The sweeps on MongoDB, one class each. */
final class MongoHousekeeping implements Housekeeping {
  private final TaskCollection tasks;
  private final LostAttempts attempts;
  private final OrphanFiles files;
  private final ExpiredResults results;

  MongoHousekeeping(
      TaskCollection tasks, LostAttempts attempts, OrphanFiles files, ExpiredResults results) {
    this.tasks = tasks;
    this.attempts = attempts;
    this.files = files;
    this.results = results;
  }

  @Override
  public Mono<Long> sweepAttempts(Duration grace) {
    return Mono.defer(() -> attempts.sweep(grace));
  }

  @Override
  public Mono<Long> sweepFiles(Duration grace) {
    return Mono.defer(() -> files.delete(tasks.now().minus(grace)));
  }

  @Override
  public Mono<Long> retire() {
    return Mono.defer(results::retire);
  }
}
