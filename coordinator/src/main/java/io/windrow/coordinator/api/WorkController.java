package io.windrow.coordinator.api;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskPool;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** For workers outside: fetch a task, keep its lease, record or return it. */
@RestController
@RequestMapping("/api/v1/tasks")
class WorkController {
  private static final int MAX_NAME = 200;
  private static final int MAX_METRICS = 1_000;

  private final TaskPool pool;
  private final TaskManager manager;
  private final Selections selections;
  private final Duration lease;

  WorkController(
      TaskPool pool,
      TaskManager manager,
      Selections selections,
      @Value("${windrow.lease}") Duration lease) {
    this.pool = pool;
    this.manager = manager;
    this.selections = selections;
    this.lease = lease;
  }

  /**
   * Which task to fetch, and who does.
   *
   * @param worker name for the history
   * @param state {@code waiting} if absent, or {@code part_done}: tasks of which a client has done
   *     a part
   */
  record Fetch(
      @Nullable String pool,
      @Nullable String filter,
      @Nullable String worker,
      @Nullable String state) {}

  /**
   * A task to run.
   *
   * @param version the fencing token
   * @param claim the claim's token: both are shown at every later call
   * @param lease a heartbeat is due within this time, in seconds
   * @param definition what to run
   * @param stage name of the stage, null if the task declares none
   * @param earlier what came of the parts before, in their order
   */
  record Fetched(
      String id,
      long version,
      String claim,
      double lease,
      String recorder,
      int attempt,
      Map<String, Object> definition,
      @Nullable String stage,
      List<TaskView.Result> earlier) {

    static Fetched of(Claim claim, Duration lease) {
      return new Fetched(
          claim.task().id(),
          claim.version(),
          claim.token(),
          lease.toMillis() / 1000.0,
          claim.recorderId(),
          claim.task().attempt(),
          claim.task().work(),
          claim.task().stage().isOnly() ? null : claim.task().stage().name(),
          claim.task().earlier().stream()
              .map(part -> new TaskView.Result(part.recorder(), part.metrics()))
              .toList());
    }
  }

  /**
   * Proof of a claim, and what came of it.
   *
   * @param outcome {@code done}, {@code failed}, or {@code part_done}: the rest is fetched from
   *     that state
   * @param metrics of a done task
   * @param retry whether another attempt at a failed one may help
   * @param message why it failed or is returned
   */
  record Report(
      @Nullable Long version,
      @Nullable String claim,
      @Nullable String outcome,
      @Nullable Map<String, Double> metrics,
      @Nullable Boolean retry,
      @Nullable String message) {}

  /** What a commit led to. */
  record Recorded(String id, String state, long version) {}

  /**
   * Claims a task for a worker outside: 204 if there is none to run, 409 if what there is is paused
   * or at its limit.
   */
  @PostMapping("/fetch")
  Mono<ResponseEntity<Fetched>> fetch(@RequestBody Fetch request) {
    String worker = request.worker() == null ? "" : request.worker();
    if (worker.isBlank() || worker.length() > MAX_NAME) {
      throw Problems.badRequest("'worker' must be a name of up to " + MAX_NAME + " characters.");
    }
    return selections
        .read(request.pool(), request.filter(), null)
        .flatMap(selection -> manager.fetch(selection, from(request), worker))
        .map(this::fetched)
        .defaultIfEmpty(ResponseEntity.noContent().build());
  }

  private static TaskState from(Fetch request) {
    TaskState from = request.state() == null ? TaskState.WAITING : Requests.state(request.state());
    if (from != TaskState.WAITING && from != TaskState.PART_DONE) {
      throw Problems.badRequest(
          "A task is fetched from 'waiting' or 'part_done', not from '" + from.word() + "'.");
    }
    return from;
  }

  private ResponseEntity<Fetched> fetched(ClaimResult result) {
    if (result instanceof ClaimResult.Deferred deferred) {
      throw Problems.conflict("No task may start now: " + deferred.reason() + ".");
    }
    return result instanceof ClaimResult.Claimed claimed
        ? ResponseEntity.ok(Fetched.of(claimed.claim(), lease))
        : ResponseEntity.noContent().build();
  }

  /**
   * Renews a claim's lease: 204 if it is renewed, 409 if the task is no longer the caller's.
   *
   * @param id of the task
   */
  @ApiResponse(responseCode = "204", description = "The lease is renewed", content = @Content)
  @PostMapping("/{id}/heartbeat")
  Mono<ResponseEntity<Void>> heartbeat(@PathVariable String id, @RequestBody Report report) {
    return manager
        .heartbeat(id, version(report), token(report))
        .flatMap(held -> held ? Mono.just(ResponseEntity.noContent().<Void>build()) : notYours(id));
  }

  /**
   * Records what came of a claimed task: 409 if it is no longer the caller's.
   *
   * @param id of the task
   */
  @PostMapping("/{id}/commit")
  Mono<Recorded> commit(@PathVariable String id, @RequestBody Report report) {
    return record(id, report, outcome(report));
  }

  /**
   * Gives a claimed task back: it waits again, not charged.
   *
   * @param id of the task
   */
  @PostMapping("/{id}/return")
  Mono<Recorded> giveBack(@PathVariable String id, @RequestBody Report report) {
    return record(id, report, new Outcome.HandedBack(message(report, "returned")));
  }

  private Mono<Recorded> record(String id, Report report, Outcome outcome) {
    return manager
        .commit(id, version(report), token(report), outcome)
        .flatMap(
            result -> {
              if (result instanceof CommitResult.Committed committed) {
                return Mono.just(recorded(id, outcome, committed));
              }
              return result instanceof CommitResult.Refused refused
                  ? Mono.error(Problems.conflict("Not recorded: " + refused.reason() + "."))
                  : notYours(id);
            });
  }

  /** The same report again has the same answer; another one comes too late. */
  private static Recorded recorded(String id, Outcome outcome, CommitResult.Committed committed) {
    if (!possible(outcome).contains(committed.state())) {
      throw Problems.conflict(
          "This claim of task %s has ended already, and the task is %s since: nothing was recorded."
              .formatted(id, committed.state().word()));
    }
    return new Recorded(id, committed.state().word(), committed.version());
  }

  private static Set<TaskState> possible(Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.PartDone) {
      return EnumSet.of(TaskState.DONE, TaskState.PART_DONE);
    }
    // What is done by hand in parts is part_done again when its rest fails or is returned.
    return outcome instanceof Outcome.Failed
        ? EnumSet.of(TaskState.FAILED, TaskState.WAITING, TaskState.PART_DONE)
        : EnumSet.of(TaskState.WAITING, TaskState.PART_DONE);
  }

  private <T> Mono<T> notYours(String id) {
    return pool.find(id)
        .switchIfEmpty(Mono.defer(() -> selections.unknownTask(id)))
        .flatMap(
            task ->
                Mono.error(
                    Problems.conflict(
                        "Task %s is %s under another version than the one shown: nothing was"
                                .formatted(id, task.state().word())
                            + " recorded. Stop working on it.")));
  }

  private static Outcome outcome(Report report) {
    String word = report.outcome() == null ? "" : report.outcome();
    return switch (word) {
      case "done" -> new Outcome.Succeeded(metrics(report));
      case "part_done" -> new Outcome.PartDone(metrics(report));
      case "failed" ->
          new Outcome.Failed(
              Boolean.FALSE.equals(report.retry()) ? FailureKind.FATAL : FailureKind.RETRYABLE,
              "Reported",
              message(report, "the worker gave no message"),
              "");
      default ->
          throw Problems.badRequest(
              "'outcome' must be done, part_done or failed, not '" + word + "'.");
    };
  }

  private static Map<String, Double> metrics(Report report) {
    Map<String, Double> metrics =
        report.metrics() == null ? Map.of() : new HashMap<>(report.metrics());
    if (metrics.size() > MAX_METRICS) {
      throw Problems.badRequest("A task may have " + MAX_METRICS + " metrics.");
    }
    metrics.forEach(
        (name, value) -> {
          if (value == null || !Double.isFinite(value)) {
            throw Problems.badRequest("The metric '" + name + "' must be a finite number.");
          }
        });
    return metrics;
  }

  private static String message(Report report, String otherwise) {
    return report.message() == null ? otherwise : report.message();
  }

  private static long version(Report report) {
    if (report.version() == null) {
      throw Problems.badRequest("'version' is missing: the one that the fetch gave.");
    }
    return report.version();
  }

  private static String token(Report report) {
    if (report.claim() == null) {
      throw Problems.badRequest("'claim' is missing: the one that the fetch gave.");
    }
    return report.claim();
  }
}
