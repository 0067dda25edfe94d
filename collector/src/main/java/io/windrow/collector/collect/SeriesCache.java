package io.windrow.collector.collect;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Rolled series that were asked for lately, bounded by their bytes. The key is the list of
 * recorders: a recorder belongs to one claim, (task, version), and is never written again once its
 * task is done, so an entry cannot be out of date.
 */
final class SeriesCache {
  private final ArtifactReader artifacts;
  private final AsyncCache<List<String>, GroupSeries> cache;

  SeriesCache(ArtifactReader artifacts, DataSize limit) {
    this.artifacts = artifacts;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(limit.toBytes())
            .weigher(
                (List<String> recorders, GroupSeries series) ->
                    (int) Math.min(Integer.MAX_VALUE, series.bytes()))
            .buildAsync();
  }

  /** The series of a group; concurrent callers share one computation. */
  Mono<GroupSeries> get(WindowGroup group) {
    List<String> key = group.recorders();
    return Mono.fromFuture(() -> cache.get(key, (recorders, executor) -> load(group)), true)
        .doOnNext(
            series -> {
              if (!series.unreadable().isEmpty()) {
                cache.synchronous().invalidate(key); // somebody may repair it
              }
            });
  }

  private CompletableFuture<GroupSeries> load(WindowGroup group) {
    return artifacts
        .read(group.windows())
        .publishOn(Schedulers.boundedElastic())
        .map(GroupSeries::roll)
        .toFuture();
  }
}
