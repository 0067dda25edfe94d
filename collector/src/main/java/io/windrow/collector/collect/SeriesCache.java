package io.windrow.collector.collect;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.windrow.collector.collect.Window.Done;
import io.windrow.collector.collect.Window.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Series that were asked for lately, bounded by their bytes. The key is what a series is made of,
 * its recorders: a recorder belongs to one claim, (task, version), and is never written again once
 * its task is done, so an entry cannot be out of date.
 *
 * <p>Beside it, half of the bytes hold the folds that the series came from. A window is added to
 * its group's fold when it arrives ({@link FoldAhead}), else when the series is asked for; only its
 * own artifacts are read.
 */
final class SeriesCache {
  private final ArtifactReader artifacts;
  private final AsyncCache<Ingredients, GroupSeries> cache;
  private final Cache<FoldName, GroupFold> folds;

  private record Ingredients(List<List<String>> recorders, List<String> artifacts) {}

  private record FoldName(String submission, List<String> key, List<String> artifacts) {}

  SeriesCache(ArtifactReader artifacts, DataSize limit) {
    this.artifacts = artifacts;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(limit.toBytes() / 2)
            .weigher((Ingredients key, GroupSeries series) -> weight(series.bytes()))
            .buildAsync();
    this.folds =
        Caffeine.newBuilder()
            .maximumWeight(limit.toBytes() / 2)
            .weigher((FoldName name, GroupFold fold) -> weight(fold.bytes()))
            .build();
  }

  /**
   * The series of a group; concurrent callers share one computation.
   *
   * @param submission whose group it is
   * @param names the artifacts that are collected
   */
  Mono<GroupSeries> get(String submission, WindowGroup group, List<String> names) {
    Ingredients key = new Ingredients(List.of(group.recorders()), names);
    FoldName fold = new FoldName(submission, group.key(), names);
    return forgetFaulty(
        key, Mono.fromFuture(() -> cache.get(key, (k, executor) -> load(fold, group)), true));
  }

  /** The average of several groups' series, in their order. */
  Mono<GroupSeries> average(List<GroupCollection> groups, List<String> names) {
    Ingredients key =
        new Ingredients(groups.stream().map(group -> group.group().recorders()).toList(), names);
    if (groups.size() == 1) {
      return Mono.fromCallable(() -> average(groups)).subscribeOn(Schedulers.boundedElastic());
    }
    return forgetFaulty(
        key,
        Mono.fromFuture(
            () ->
                cache.get(
                    key,
                    (k, executor) ->
                        CompletableFuture.supplyAsync(() -> average(groups), executor)),
            true));
  }

  private static GroupSeries average(List<GroupCollection> groups) {
    return GroupSeries.average(groups.stream().map(GroupCollection::series).toList());
  }

  /** Somebody may repair what could not be read. */
  private Mono<GroupSeries> forgetFaulty(Ingredients key, Mono<GroupSeries> series) {
    return series.doOnNext(
        one -> {
          if (!one.unreadable().isEmpty()) {
            cache.synchronous().invalidate(key);
          }
        });
  }

  /**
   * Adds the windows of a group that have come since to its fold, and computes nothing from it.
   *
   * @return how many were added
   */
  Mono<Integer> fold(String submission, WindowGroup group, List<String> names) {
    FoldName name = new FoldName(submission, group.key(), names);
    return grow(name, group).map(Growth::added);
  }

  private CompletableFuture<GroupSeries> load(FoldName name, WindowGroup group) {
    return grow(name, group).map(Growth::series).toFuture();
  }

  private Mono<Growth> grow(FoldName name, WindowGroup group) {
    GroupFold known = folds.getIfPresent(name);
    GroupFold base =
        known != null && group.recorders().containsAll(known.recorders()) ? known : GroupFold.EMPTY;
    List<Done> added =
        group.windows().stream()
            .filter(window -> !base.recorders().contains(window.recorder()))
            .toList();
    return artifacts
        .read(added, name.artifacts())
        .publishOn(Schedulers.boundedElastic())
        .map(read -> grow(name, base, read));
  }

  private Growth grow(FoldName name, GroupFold base, List<WindowArtifacts> read) {
    List<WindowArtifacts> faulty = new ArrayList<>();
    List<WindowArtifacts> sound = new ArrayList<>();
    for (WindowArtifacts window : read) {
      (window.problem() == null ? sound : faulty).add(window);
    }
    GroupFold fold = base.add(sound);
    folds.put(name, fold);
    return new Growth(fold, sound.size(), faulty);
  }

  /**
   * What became of a fold.
   *
   * @param fold the fold as it is kept
   * @param added windows that were added
   * @param faulty windows that have a problem: they are read again when the series is asked for
   */
  private record Growth(GroupFold fold, int added, List<WindowArtifacts> faulty) {
    GroupSeries series() {
      List<Failed> problems = new ArrayList<>();
      for (WindowArtifacts window : faulty) {
        problems.add(new Failed(window.plan(), Objects.requireNonNull(window.problem())));
      }
      return GroupSeries.of(fold.add(faulty), problems);
    }
  }

  private static int weight(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }
}
