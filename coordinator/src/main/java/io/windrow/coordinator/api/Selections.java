package io.windrow.coordinator.api;

import io.windrow.pool.FilterException;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskFilter;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskSelection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads which tasks a request is about; says what is wrong with it and what is near. */
@Component
final class Selections {
  private final TaskManager manager;
  private final SubmissionStore submissions;

  Selections(TaskManager manager, SubmissionStore submissions) {
    this.manager = manager;
    this.submissions = submissions;
  }

  /**
   * The selection; fails with 400 if the filter is malformed, with 404 if there is no such pool.
   */
  Mono<TaskSelection> read(
      @Nullable String pool, @Nullable String filter, @Nullable List<String> ids) {
    return Mono.fromCallable(() -> selection(pool, filter, ids))
        .flatMap(
            selection ->
                selection.pool() == null
                    ? Mono.just(selection)
                    : existing(selection.pool()).thenReturn(selection));
  }

  /** The same, but it must leave something out: a change to every task is hardly meant. */
  Mono<TaskSelection> narrow(
      @Nullable String pool, @Nullable String filter, @Nullable List<String> ids) {
    return read(pool, filter, ids)
        .filter(selection -> !selection.everything())
        .switchIfEmpty(
            Mono.error(
                () ->
                    Problems.badRequest(
                        "Say which tasks: give 'pool', 'filter' or 'ids' in the body.")));
  }

  /** Fails with 404 and the nearest names if there is no such pool. */
  Mono<Void> existing(String pool) {
    return manager
        .hasPool(pool)
        .flatMap(
            there ->
                there
                    ? Mono.<Void>empty()
                    : manager
                        .pools()
                        .collectList()
                        .flatMap(names -> Mono.error(Problems.unknownPool(pool, names))));
  }

  /** A 404 with the ids that begin alike. */
  <T> Mono<T> unknownTask(String id) {
    return manager
        .idsLike(id)
        .collectList()
        .flatMap(near -> Mono.error(Problems.unknownId("task", id, near)));
  }

  /** The submission; fails with 404 and the ids that begin alike. */
  Mono<Submission> submission(String id) {
    return submissions.find(id).switchIfEmpty(Mono.defer(() -> unknownSubmission(id)));
  }

  private Mono<Submission> unknownSubmission(String id) {
    return submissions
        .idsLike(id)
        .collectList()
        .flatMap(near -> Mono.error(Problems.unknownId("submission", id, near)));
  }

  private static TaskSelection selection(
      @Nullable String pool, @Nullable String filter, @Nullable List<String> ids) {
    if (ids != null
        && (ids.size() > TaskSelection.MAX_IDS || ids.stream().anyMatch(Objects::isNull))) {
      throw Problems.badRequest(
          "'ids' may have " + TaskSelection.MAX_IDS + " texts and no null among them.");
    }
    try {
      return new TaskSelection(pool, TaskFilter.parse(filter == null ? "" : filter), ids);
    } catch (FilterException e) {
      throw Problems.malformedFilter(e);
    }
  }
}
