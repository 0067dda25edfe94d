package io.windrow.coordinator.api;

import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskOrder;
import io.windrow.pool.TaskPage;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Questions about tasks. */
@RestController
@RequestMapping("/api/v1/tasks")
class TaskController {
  private static final int MAX_TASKS = 10_000;
  private final TaskPool pool;
  private final TaskManager manager;
  private final Selections selections;
  private final TaskFields taskFields;

  TaskController(TaskPool pool, TaskManager manager, Selections selections, TaskFields taskFields) {
    this.pool = pool;
    this.manager = manager;
    this.selections = selections;
    this.taskFields = taskFields;
  }

  /** A page of tasks; the header {@code Windrow-Next} says where the next one begins, if any. */
  @GetMapping
  Mono<ResponseEntity<List<JsonNode>>> tasks(
      @RequestParam("pool") @Nullable String inPool,
      @RequestParam @Nullable String submission,
      @RequestParam(defaultValue = "") Set<String> state,
      @RequestParam(defaultValue = "") String filter,
      @RequestParam(defaultValue = "seq") String sort,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "") List<String> fields,
      @RequestParam(defaultValue = "1000") int limit) {
    Requests.limit(limit, MAX_TASKS);
    Set<TaskState> states =
        state.stream().map(Requests::state).collect(Collectors.toUnmodifiableSet());
    List<String> wanted = taskFields.check(fields);
    TaskOrder order = order(sort);
    if (submission != null) {
      if (!filter.isEmpty() || !after.isEmpty() || order != TaskOrder.SEQ) {
        throw Problems.badRequest(
            "'submission' goes with pool, state and limit only. For the tasks that a submission was"
                + " the first to ask for, write filter=submission="
                + submission);
      }
      return selections
          .submission(submission)
          .thenMany(pool.find(new TaskQuery(inPool, submission, states, limit)))
          .collectList()
          .map(tasks -> answer(new TaskPage(tasks, null), wanted));
    }
    return selections
        .read(inPool, and(filter, states), null)
        .flatMap(selection -> manager.query(selection, order, after, limit))
        .onErrorMap(IllegalArgumentException.class, e -> Problems.badRequest(e.getMessage() + "."))
        .map(page -> answer(page, wanted));
  }

  private ResponseEntity<List<JsonNode>> answer(TaskPage page, List<String> fields) {
    ResponseEntity.BodyBuilder ok = ResponseEntity.ok();
    if (page.next() != null) {
      ok.header("Windrow-Next", page.next());
    }
    return ok.body(page.tasks().stream().map(task -> taskFields.of(task, fields)).toList());
  }

  private static String and(String filter, Set<TaskState> states) {
    if (states.isEmpty()) {
      return filter;
    }
    String ofStates =
        states.stream().map(TaskState::word).sorted().collect(Collectors.joining(", "));
    return filter.isBlank()
        ? "state in (" + ofStates + ")"
        : filter + ", state in (" + ofStates + ")";
  }

  private static TaskOrder order(String sort) {
    return TaskOrder.ofWord(sort)
        .orElseThrow(
            () ->
                Problems.badRequest(
                    "There is no order '"
                        + sort
                        + "'. Orders are: "
                        + Arrays.stream(TaskOrder.values())
                            .map(TaskOrder::word)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  @GetMapping("/{id}")
  Mono<JsonNode> task(
      @PathVariable String id, @RequestParam(defaultValue = "") List<String> fields) {
    List<String> wanted = taskFields.check(fields);
    return pool.find(id)
        .switchIfEmpty(Mono.defer(() -> selections.unknownTask(id)))
        .map(task -> taskFields.of(task, wanted));
  }

  /**
   * Tasks asked for again by their ids.
   *
   * @param tasks in no order
   * @param unknown ids that are not there
   */
  record Requeried(List<JsonNode> tasks, List<String> unknown) {}

  @PostMapping("/requery")
  Mono<Requeried> requery(@RequestBody ChangeRequest request) {
    return selections
        .narrow(null, null, request.ids())
        .flatMap(
            selection -> {
              List<String> ids = Objects.requireNonNull(selection.ids());
              return manager.byIds(ids).collectList().map(found -> requeried(ids, found));
            });
  }

  private Requeried requeried(List<String> ids, List<Task> found) {
    Set<String> there = found.stream().map(Task::id).collect(Collectors.toSet());
    return new Requeried(
        found.stream().map(task -> taskFields.of(task, List.of())).toList(),
        ids.stream().filter(id -> !there.contains(id)).sorted().toList());
  }
}
