package io.windrow.collector.collect;

import io.windrow.collector.intake.Collected;
import io.windrow.collector.intake.CollectedStore;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers how far a submission has come and what its predictions are worth. */
public final class CollectionService {
  private final SubmissionStore submissions;
  private final TaskPool pool;
  private final CollectedStore collected;
  private final SeriesCache series;

  CollectionService(
      SubmissionStore submissions, TaskPool pool, CollectedStore collected, SeriesCache series) {
    this.submissions = submissions;
    this.pool = pool;
    this.collected = collected;
    this.series = series;
  }

  /** The collection of a submission as it stands now; empty if there is no such submission. */
  public Mono<SubmissionCollection> collect(String submission) {
    return submissions.find(submission).flatMap(this::progress).flatMap(this::collect);
  }

  private Mono<SubmissionCollection> collect(Progress progress) {
    return Flux.fromIterable(WindowGroup.of(progress))
        .concatMap(group -> series.get(group).map(rolled -> new GroupCollection(group, rolled)))
        .collectList()
        .map(groups -> new SubmissionCollection(progress, groups));
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
