package io.windrow.coordinator.api;

import io.windrow.coordinator.logs.AttemptLog;
import io.windrow.coordinator.logs.AttemptLogs;
import io.windrow.pool.TaskPool;
import io.windrow.store.WindrowStore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The logs of a task's attempts. */
@RestController
@RequestMapping("/api/v1/tasks/{id}/logs")
class LogController {
  private final TaskPool pool;
  private final Selections selections;
  private final AttemptLogs logs;

  LogController(WindrowStore store, Selections selections) {
    this.pool = store.pool();
    this.selections = selections;
    this.logs = new AttemptLogs(store);
  }

  /**
   * The log of an attempt: of one that runs what its command has printed up to some seconds ago.
   *
   * @param id of the task
   * @param attempt its number; without it the one that runs or ended last
   * @param entry instead of its number its place in the task's history, from 0: numbers begin again
   *     with each stage and when a task is run again. One beyond the last is the one that runs
   */
  @GetMapping
  Mono<AttemptLog> log(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Integer attempt,
      @RequestParam(required = false) @Nullable Integer entry) {
    if (attempt != null && entry != null) {
      throw Problems.badRequest("'attempt' and 'entry' say the same: give one of them.");
    }
    return pool.find(id)
        .switchIfEmpty(Mono.defer(() -> selections.unknownTask(id)))
        .flatMap(
            task ->
                (entry == null ? logs.find(task, attempt) : logs.at(task, entry))
                    .switchIfEmpty(
                        Mono.error(
                            () ->
                                entry != null
                                    ? Problems.noEntry(id, entry, task.history().size())
                                    : Problems.noAttempt(
                                        id, attempt, task.attempt(), task.state().word()))));
  }
}
