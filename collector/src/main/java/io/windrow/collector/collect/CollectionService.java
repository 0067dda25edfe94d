package io.windrow.collector.collect;

import io.windrow.collector.intake.Collected;
import io.windrow.collector.intake.CollectedStore;
import io.windrow.pool.CollectSettings;
import io.windrow.pool.CollectSettings.Ensemble;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers how far a submission has come and what its predictions are worth. */
public final class CollectionService {
  /** Tasks of a submission that is folded before anybody asks. */
  private static final int MOST_AHEAD = 10_000;

  private final SubmissionStore submissions;
  private final TaskPool pool;
  private final CollectedStore collected;
  private final SeriesCache series;
  private final BacktestCache backtests;

  CollectionService(
      SubmissionStore submissions,
      TaskPool pool,
      CollectedStore collected,
      SeriesCache series,
      BacktestCache backtests) {
    this.submissions = submissions;
    this.pool = pool;
    this.collected = collected;
    this.series = series;
    this.backtests = backtests;
  }

  /**
   * The collection of a submission as it stands now; empty if there is no such submission. An error
   * with {@link UnknownKeyException} if no task has a key that was asked for.
   *
   * @param choice makes the settings of those that the submission declares
   */
  public Mono<SubmissionCollection> collect(
      String submission, UnaryOperator<CollectSettings> choice) {
    return submissions
        .find(submission)
        .flatMap(
            found -> {
              CollectSettings settings = choice.apply(CollectSettings.of(found.collect()));
              return progress(found).flatMap(progress -> collect(progress, settings));
            });
  }

  /**
   * The back-test of one of a collection's series. It never fails: the outcome says what is wrong.
   *
   * @param partial whether a series with gaps will do
   */
  public Mono<GroupBacktest> backtest(
      SubmissionCollection collection, GroupCollection group, boolean partial) {
    return backtests.get(collection, group, partial);
  }

  /**
   * Adds what has come of a submission to the folds that its declared settings need, so that the
   * series is nearly there when somebody asks. Empty if there is no such submission, or if it is so
   * large that a look at all its tasks costs more than it may save.
   *
   * @return how many windows were added
   */
  Mono<Integer> fold(String submission) {
    return submissions
        .find(submission)
        .filter(found -> found.taskIds().size() <= MOST_AHEAD)
        .flatMap(
            found -> {
              CollectSettings settings = CollectSettings.of(found.collect());
              return progress(found).flatMap(progress -> fold(progress, settings));
            });
  }

  private Mono<Integer> fold(Progress progress, CollectSettings settings) {
    return Flux.fromIterable(groups(progress, settings))
        .concatMap(group -> series.fold(progress.submission().id(), group, settings.artifacts()))
        .reduce(0, Integer::sum);
  }

  private static List<WindowGroup> groups(Progress progress, CollectSettings settings) {
    return WindowGroup.of(
        progress,
        GroupKeys.of(settings, progress.plans()),
        settings.ensembles().contains(Ensemble.ROLLING));
  }

  private Mono<SubmissionCollection> collect(Progress progress, CollectSettings settings) {
    List<String> keys = GroupKeys.of(settings, progress.plans()).paths();
    return Flux.fromIterable(groups(progress, settings))
        .concatMap(
            group ->
                series
                    .get(progress.submission().id(), group, settings.artifacts())
                    .map(one -> new GroupCollection(group, one)))
        .collectList()
        .flatMap(groups -> ensemble(groups, settings))
        .map(groups -> new SubmissionCollection(progress, settings, keys, groups));
  }

  private Mono<List<GroupCollection>> ensemble(
      List<GroupCollection> groups, CollectSettings settings) {
    if (settings.ensembles().contains(Ensemble.AVERAGE) && !groups.isEmpty()) {
      WindowGroup all = WindowGroup.all(groups.stream().map(GroupCollection::group).toList());
      return series
          .average(groups, settings.artifacts())
          .map(average -> List.of(new GroupCollection(all, average)));
    }
    if (settings.ensembles().contains(Ensemble.SINGLE) && groups.size() == 1) {
      GroupCollection only = groups.get(0);
      return Mono.just(List.of(new GroupCollection(only.group().unkeyed(), only.series())));
    }
    return Mono.just(groups);
  }

  private Mono<Progress> progress(Submission submission) {
    return tasks(submission)
        .flatMap(
            tasks -> {
              Set<String> current = new HashSet<>();
              for (String id : submission.taskIds()) {
                current.add(Progress.current(id, tasks));
              }
              return collected
                  .find(current)
                  .collectMap(Collected::taskId)
                  .map(rows -> Progress.of(submission, tasks, rows));
            });
  }

  private Mono<Map<String, Task>> tasks(Submission submission) {
    int expected = Math.max(1, submission.taskIds().size());
    return pool.find(new TaskQuery(null, submission.id(), Set.of(), expected))
        .collectMap(Task::id, task -> task, HashMap::new)
        .flatMap(this::withSuccessors);
  }

  /** Adds, step by step, the tasks that have taken the place of superseded ones. */
  private Mono<Map<String, Task>> withSuccessors(Map<String, Task> tasks) {
    List<String> unknown =
        List.copyOf(tasks.values()).stream()
            .filter(task -> task.state() != TaskState.DONE && task.supersededBy() != null)
            .map(Task::supersededBy)
            .filter(id -> !tasks.containsKey(id))
            .distinct()
            .toList();
    return Flux.fromIterable(unknown)
        .concatMap(pool::find)
        .collectList()
        .flatMap(
            found -> {
              found.forEach(task -> tasks.put(task.id(), task));
              return found.isEmpty() ? Mono.just(tasks) : withSuccessors(tasks);
            });
  }
}
