package io.windrow.coordinator.api;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskOrder;
import io.windrow.pool.TaskPage;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.web.conditional.Tagged;
import io.windrow.web.paging.NextPage;
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
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

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

  /**
   * A page of tasks. The headers {@code Windrow-Next} and {@code Link} say where the next one
   * begins, if any.
   *
   * @param inPool only of this pool
   * @param submission only of this submission; goes with pool, state and limit only
   * @param state only in these states
   * @param filter conditions as in {@code model.class=LGBModel and metrics.IC>0.02}
   * @param sort {@code seq}, {@code priority}, {@code createdAt}, {@code updatedAt} or {@code id},
   *     with a minus for the greatest first
   * @param cursor where the page begins: {@code Windrow-Next} of the page before
   * @param after the earlier name of cursor
   * @param fields only these; all but the definition if absent
   * @param limit most tasks, 1 to 10000
   */
  @ApiResponse(
      responseCode = "200",
      description = "The page",
      content = @Content(array = @ArraySchema(schema = @Schema(implementation = TaskView.class))))
  @GetMapping
  Mono<ResponseEntity<List<Object>>> tasks(
      @RequestParam("pool") @Nullable String inPool,
      @RequestParam @Nullable String submission,
      @RequestParam(defaultValue = "") Set<String> state,
      @RequestParam(defaultValue = "") String filter,
      @RequestParam(defaultValue = "seq") String sort,
      @RequestParam @Nullable String cursor,
      @RequestParam @Nullable String after,
      @RequestParam(defaultValue = "") List<String> fields,
      @RequestParam(defaultValue = "1000") int limit,
      ServerWebExchange exchange) {
    String from = NextPage.from(cursor, after);
    Requests.limit(limit, MAX_TASKS);
    Set<TaskState> states =
        state.stream().map(Requests::state).collect(Collectors.toUnmodifiableSet());
    List<String> wanted = taskFields.check(fields);
    TaskOrder order = order(sort);
    if (submission != null) {
      if (!filter.isEmpty() || !from.isEmpty() || order != TaskOrder.SEQ) {
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
        .flatMap(
            selection ->
                taskFields.needDefinition(wanted)
                    ? manager.query(selection, order, from, limit)
                    : manager.queryBriefly(selection, order, from, limit))
        .onErrorMap(IllegalArgumentException.class, e -> Problems.badRequest(e.getMessage() + "."))
        .doOnNext(page -> NextPage.link(exchange, page.next()))
        .map(page -> answer(page, wanted));
  }

  private ResponseEntity<List<Object>> answer(TaskPage page, List<String> fields) {
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

  /**
   * A task.
   *
   * @param id its id
   * @param fields only these; all but the definition if absent
   */
  @Tagged
  @ApiResponse(
      responseCode = "200",
      description = "The task",
      content = @Content(schema = @Schema(implementation = TaskView.class)))
  @GetMapping("/{id}")
  Mono<ResponseEntity<Object>> task(
      @PathVariable String id, @RequestParam(defaultValue = "") List<String> fields) {
    List<String> wanted = taskFields.check(fields);
    return pool.find(id)
        .switchIfEmpty(Mono.defer(() -> selections.unknownTask(id)))
        .map(
            task ->
                ResponseEntity.ok()
                    .eTag(TaskView.of(task).tag())
                    .body(taskFields.of(task, wanted)));
  }

  /**
   * Tasks asked for again by their ids.
   *
   * @param tasks in no order
   * @param unknown ids that are not there
   */
  record Requeried(
      @ArraySchema(schema = @Schema(implementation = TaskView.class)) List<Object> tasks,
      List<String> unknown) {}

  /** Tasks by their ids. */
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
