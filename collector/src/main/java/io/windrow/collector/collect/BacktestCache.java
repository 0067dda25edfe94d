package io.windrow.collector.collect;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.windrow.pool.CollectSettings;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataRoots;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.record.SeriesBacktest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Back-tests the series of groups, as Qlib's {@code Rolling} does, and keeps what came of those
 * asked for lately, bounded by their bytes. The key is all that a back-test is made of: how the
 * windows were put together, their recorders, the arguments and the version of the data.
 */
final class BacktestCache {
  private static final Logger log = LoggerFactory.getLogger(BacktestCache.class);

  /** The version of a folder is a look at each of its files: not for every group of a request. */
  private static final Duration VERSION_HOLDS = Duration.ofSeconds(10);

  private static final String NO_ROOT =
      "this collector knows no market data: start it with the data roots of the workers"
          + " (--data-root, windrow.data.roots)";
  private static final String DIFFERENT =
      "its windows ask for different back-tests: put what differs into the group's key";

  private final DataRoots roots;
  private final AsyncCache<Ingredients, GroupBacktest.Done> cache;
  private final Cache<Path, String> versions =
      Caffeine.newBuilder().maximumSize(64).expireAfterWrite(VERSION_HOLDS).build();

  private record Ingredients(
      String submission,
      CollectSettings settings,
      List<String> group,
      List<String> recorders,
      SeriesBacktest backtest,
      String dataVersion) {}

  BacktestCache(DataRoots roots, DataSize limit) {
    this.roots = roots;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(limit.toBytes())
            .weigher(
                (Ingredients key, GroupBacktest.Done done) ->
                    (int) Math.min(Integer.MAX_VALUE, done.bytes()))
            .buildAsync();
  }

  /**
   * The back-test of a group's series; concurrent callers share one computation.
   *
   * @param partial whether a series with gaps will do
   */
  Mono<GroupBacktest> get(SubmissionCollection collection, GroupCollection group, boolean partial) {
    List<Map<String, Object>> definitions =
        group.group().windows().stream()
            .map(window -> window.plan().backtest())
            .filter(Objects::nonNull)
            .toList();
    if (definitions.isEmpty()) {
      return Mono.just(new GroupBacktest.NotAsked());
    }
    if (!collection.complete() && !partial) {
      return Mono.just(new GroupBacktest.Incomplete());
    }
    if (roots.roots().isEmpty()) {
      return Mono.just(new GroupBacktest.Unavailable(NO_ROOT));
    }
    return Mono.fromCallable(() -> joined(definitions))
        .flatMap(
            backtest ->
                backtest
                    .map(one -> run(one, collection, group))
                    .orElseGet(() -> Mono.just(new GroupBacktest.Unavailable(DIFFERENT))))
        .subscribeOn(Schedulers.boundedElastic())
        .onErrorResume(RuntimeException.class, e -> Mono.just(unavailable(e)));
  }

  private static Optional<SeriesBacktest> joined(List<Map<String, Object>> definitions) {
    return definitions.stream()
        .map(SeriesBacktest::of)
        .reduce((one, other) -> one.flatMap(first -> other.flatMap(first::with)))
        .orElseThrow();
  }

  private Mono<GroupBacktest> run(
      SeriesBacktest backtest, SubmissionCollection collection, GroupCollection group) {
    Path folder = roots.resolve(backtest.providerUri());
    Ingredients key =
        new Ingredients(
            collection.progress().submission().id(),
            collection.settings(),
            group.group().key(),
            group.group().recorders(),
            backtest,
            versions.get(folder, path -> DataStore.open(path).version()));
    if (!group.series().unreadable().isEmpty()) {
      return Mono.fromCallable(() -> run(backtest, folder, group)); // somebody may repair it
    }
    return Mono.fromFuture(
        () ->
            cache.get(
                key,
                (k, executor) ->
                    CompletableFuture.supplyAsync(() -> run(backtest, folder, group), executor)),
        true);
  }

  private static GroupBacktest.Done run(
      SeriesBacktest backtest, Path folder, GroupCollection group) {
    return new GroupBacktest.Done(
        backtest.run(DataStore.open(folder), group.series().predictions()));
  }

  /** Nothing else of a collection fails with its back-test. */
  private static GroupBacktest unavailable(RuntimeException e) {
    Throwable cause = e.getCause() instanceof DataException data ? data : e;
    if (!(cause instanceof DataException || cause instanceof DefinitionException)) {
      log.atWarn().setCause(e).log("a back-test failed");
    }
    return new GroupBacktest.Unavailable(String.valueOf(cause.getMessage()));
  }
}
