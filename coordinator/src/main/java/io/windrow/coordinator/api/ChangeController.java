package io.windrow.coordinator.api;

import io.windrow.coordinator.workflow.DefinitionCheck;
import io.windrow.pool.BulkResult;
import io.windrow.pool.Replacement;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskSelection;
import io.windrow.quant.definition.Problem;
import io.windrow.task.TaskState;
import io.windrow.web.conditional.ETags;
import io.windrow.web.conditional.Guarded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Changes to tasks. A change that no task allows is a 409 that says where they stand. */
@RestController
@RequestMapping("/api/v1/tasks")
class ChangeController {
  private static final int MAX_REASON = 1_000;

  private final TaskManager manager;
  private final Selections selections;
  private final DefinitionCheck definitions;
  private final Duration lease;

  ChangeController(
      TaskManager manager,
      Selections selections,
      DefinitionCheck definitions,
      @Value("${windrow.lease}") Duration lease) {
    this.manager = manager;
    this.selections = selections;
    this.definitions = definitions;
    this.lease = lease;
  }

  /** Removes tasks. Running ones go with {@code force} alone. */
  @PostMapping("/remove")
  Mono<ChangeView> remove(@RequestBody ChangeRequest request) {
    return change(
        request,
        which -> manager.remove(which, request.forced()),
        "Running tasks go with \"force\": true.");
  }

  /** Takes running tasks back whose leases have run out; with {@code force} all. */
  @PostMapping("/reset-waiting")
  Mono<ChangeView> resetWaiting(@RequestBody ChangeRequest request) {
    return change(
        request,
        which -> manager.resetWaiting(which, request.forced(), lease),
        "Their leases have not run out; take them back with \"force\": true.");
  }

  /** Makes tasks waiting again, or cancelled. */
  @PostMapping("/reset-status")
  Mono<ChangeView> resetStatus(@RequestBody ChangeRequest request) {
    TaskState to = Requests.state(request.state() == null ? "" : request.state());
    if (to != TaskState.WAITING && to != TaskState.CANCELLED) {
      throw Problems.badRequest(
          "'state' must be waiting or cancelled; the others are what workers record.");
    }
    String reason = request.reason() == null ? "by request" : request.reason();
    if (reason.length() > MAX_REASON) {
      throw Problems.badRequest("'reason' may have " + MAX_REASON + " characters.");
    }
    return change(
        request,
        which -> manager.resetStatus(which, to, reason),
        to == TaskState.WAITING
            ? "Only queued, part_done, failed and cancelled tasks go back to waiting; running ones"
                + " by reset-waiting."
            : "Only tasks without an outcome can be cancelled.");
  }

  /** Gives tasks that do not run yet another priority. */
  @PostMapping("/prioritize")
  Mono<ChangeView> prioritize(@RequestBody ChangeRequest request) {
    Integer priority = request.priority();
    if (priority == null) {
      throw Problems.badRequest("'priority' is missing: a whole number, higher first.");
    }
    return change(
        request,
        which -> manager.prioritize(which, priority),
        "Only tasks not yet running have a priority.");
  }

  /**
   * Where a task's new definition went.
   *
   * @param task id of the task that has it now
   * @param replaced id of the cancelled one, or the same if nothing changed
   */
  record Replaced(String task, String replaced) {}

  /**
   * Gives a task that has not run another definition; that is another task.
   *
   * @param id of the task
   */
  @Guarded
  @PutMapping("/{id}/definition")
  Mono<Replaced> replace(
      @PathVariable String id,
      @RequestBody Map<String, Object> definition,
      ServerWebExchange exchange) {
    return unchanged(id, exchange)
        .then(Mono.fromCallable(() -> checked(definition)).subscribeOn(Schedulers.boundedElastic()))
        .flatMap(fit -> manager.replace(id, fit))
        .switchIfEmpty(Mono.defer(() -> selections.unknownTask(id)))
        .map(
            replacement -> {
              if (replacement instanceof Replacement.Refused refused) {
                throw Problems.conflict(
                    "Task %s is %s: %s.".formatted(id, refused.state().word(), refused.reason()));
              }
              return replacement instanceof Replacement.Replaced replaced
                  ? new Replaced(replaced.id(), id)
                  : new Replaced(id, id);
            });
  }

  /** A task can be replaced once, before it has run: who comes between is not overwritten. */
  private Mono<Void> unchanged(String id, ServerWebExchange exchange) {
    return ETags.conditional(exchange)
        ? manager
            .byIds(List.of(id))
            .doOnNext(task -> ETags.requireMatch(exchange, TaskView.of(task).tag()))
            .then()
        : Mono.empty();
  }

  private Map<String, Object> checked(Map<String, Object> definition) {
    List<Problem> problems = definitions.check(definition);
    if (!problems.isEmpty()) {
      throw Problems.rejectedDefinition(problems);
    }
    return definition;
  }

  /** What a change does to the selected tasks. */
  private interface Change {
    Mono<BulkResult> apply(TaskSelection selection);
  }

  private Mono<ChangeView> change(ChangeRequest request, Change change, String advice) {
    return selections
        .narrow(request.pool(), request.filter(), request.ids())
        .flatMap(
            which ->
                unknown(which)
                    .flatMap(
                        unknown ->
                            change.apply(which).map(result -> answer(result, unknown, advice))));
  }

  private static ChangeView answer(BulkResult result, List<String> unknown, String advice) {
    if (result.changed() == 0 && result.raced() == 0 && !result.refused().isEmpty()) {
      throw Problems.refused(result.refused(), advice);
    }
    return ChangeView.of(result, unknown);
  }

  /** Ids that are not there, sorted; fails with 404 if none is there. */
  private Mono<List<String>> unknown(TaskSelection which) {
    List<String> ids = which.ids();
    return ids == null
        ? Mono.just(List.of())
        : manager
            .missing(ids)
            .flatMap(
                missing ->
                    missing.isEmpty() || missing.size() < ids.size()
                        ? Mono.just(missing.stream().sorted().toList())
                        : selections.unknownTask(missing.get(0)));
  }
}
