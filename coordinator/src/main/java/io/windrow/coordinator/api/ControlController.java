package io.windrow.coordinator.api;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.coordinator.submit.Receipt;
import io.windrow.coordinator.submit.SubmissionService;
import io.windrow.coordinator.workflow.Validation;
import io.windrow.coordinator.workflow.WorkflowSource;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.SubmissionStore.Place;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskSelection;
import io.windrow.store.WindrowStore;
import io.windrow.task.TaskState;
import io.windrow.web.conditional.ETags;
import io.windrow.web.conditional.Tagged;
import io.windrow.web.paging.NextPage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The control API under {@code /api/v1}. Errors are {@code application/problem+json}. */
@RestController
@RequestMapping("/api/v1")
class ControlController {
  private static final int MAX_SUBMISSIONS = 1000;

  /** Submissions whose tasks are counted at the same time. */
  private static final int TOGETHER = 8;

  private final SubmissionService service;
  private final SubmissionStore submissions;
  private final TaskPool pool;
  private final TaskManager manager;
  private final PoolLimits limits;
  private final Selections selections;

  ControlController(
      SubmissionService service,
      SubmissionStore submissions,
      TaskPool pool,
      WindrowStore store,
      Selections selections) {
    this.service = service;
    this.submissions = submissions;
    this.pool = pool;
    this.manager = store.manager();
    this.limits = store.limits();
    this.selections = selections;
  }

  /**
   * Submits a workflow: 201 if anything is new, 200 if all of it was there. A dry run stores
   * nothing and lists what would be new.
   *
   * @param dryRun whether nothing is to be stored
   */
  @ApiResponse(
      responseCode = "201",
      description = "At least one task is new",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  @ApiResponse(
      responseCode = "200",
      description = "All of it was there, or a dry run",
      content = @Content(schema = @Schema(oneOf = {Receipt.class, DryRun.class})))
  @PostMapping(
      path = "/submissions",
      consumes = {"application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
  Mono<ResponseEntity<Object>> submit(
      @RequestBody byte[] workflow, @RequestParam(defaultValue = "false") boolean dryRun) {
    return submit(Mono.fromCallable(() -> WorkflowSource.of(Requests.text(workflow))), dryRun);
  }

  /**
   * The same with base files and variables.
   *
   * @param dryRun whether nothing is to be stored
   */
  @ApiResponse(
      responseCode = "201",
      description = "At least one task is new",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  @ApiResponse(
      responseCode = "200",
      description = "All of it was there, or a dry run",
      content = @Content(schema = @Schema(oneOf = {Receipt.class, DryRun.class})))
  @PostMapping(path = "/submissions", consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<ResponseEntity<Object>> submit(
      @RequestBody WorkflowRequest workflow, @RequestParam(defaultValue = "false") boolean dryRun) {
    return submit(Mono.fromCallable(workflow::source), dryRun);
  }

  /**
   * Says everything there is to say about a workflow, and stores nothing.
   *
   * @param data whether its market data is looked at, too
   */
  @PostMapping(
      path = "/workflows/validate",
      consumes = {"application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
  Mono<Validation> validate(
      @RequestBody byte[] workflow, @RequestParam(defaultValue = "true") boolean data) {
    return Mono.fromCallable(() -> WorkflowSource.of(Requests.text(workflow)))
        .flatMap(source -> service.validate(source, data));
  }

  /**
   * The same with base files and variables.
   *
   * @param data whether its market data is looked at, too
   */
  @PostMapping(path = "/workflows/validate", consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<Validation> validate(
      @RequestBody WorkflowRequest workflow, @RequestParam(defaultValue = "true") boolean data) {
    return Mono.fromCallable(workflow::source).flatMap(source -> service.validate(source, data));
  }

  /**
   * Submissions, newest first. The headers {@code Windrow-Next} and {@code Link} say where the next
   * page begins, if any.
   *
   * @param cursor where the page begins: {@code Windrow-Next} of the page before
   * @param limit most submissions, 1 to 1000
   */
  @GetMapping("/submissions")
  Mono<ResponseEntity<List<SubmissionView>>> submissions(
      @RequestParam @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit,
      ServerWebExchange exchange) {
    int most = Requests.limit(limit, MAX_SUBMISSIONS);
    return Mono.fromCallable(() -> Requests.place(cursor))
        .flatMapMany(place -> submissions.summaries(place.orElse(null), most + 1))
        .collectList()
        .flatMap(found -> page(found, most, exchange));
  }

  private Mono<ResponseEntity<List<SubmissionView>>> page(
      List<Submission.Summary> found, int most, ServerWebExchange exchange) {
    ResponseEntity.BodyBuilder ok = ResponseEntity.ok();
    if (found.size() > most) {
      String next = Place.of(found.get(most - 1)).text();
      NextPage.link(exchange, next);
      ok.header("Windrow-Next", next);
    }
    return Flux.fromIterable(found)
        .take(most)
        .flatMapSequential(this::view, TOGETHER)
        .collectList()
        .map(ok::body);
  }

  /**
   * A submission.
   *
   * @param id its id
   */
  @Tagged
  @GetMapping("/submissions/{id}")
  Mono<ResponseEntity<SubmissionView>> submission(@PathVariable String id) {
    return selections
        .submission(id)
        .map(Submission::summary)
        .flatMap(this::view)
        .map(view -> ResponseEntity.ok().eTag(ETags.of(view)).body(view));
  }

  /** The pools, by name. */
  @GetMapping("/pools")
  Flux<PoolView> pools() {
    return pool.stat()
        .flatMapIterable(Map::entrySet)
        .concatMap(entry -> view(entry.getKey(), entry.getValue()))
        .sort(Comparator.comparing(PoolView::pool));
  }

  /**
   * A pool.
   *
   * @param name its name
   */
  @GetMapping("/pools/{name}")
  Mono<PoolView> pool(@PathVariable String name) {
    return selections
        .existing(name)
        .then(manager.stat(TaskSelection.ofPool(name)))
        .flatMap(counts -> view(name, counts));
  }

  private Mono<ResponseEntity<Object>> submit(Mono<WorkflowSource> source, boolean dryRun) {
    return dryRun
        ? source.flatMap(service::preview).flatMap(this::dryRun).map(ResponseEntity::ok)
        : source
            .flatMap(service::submit)
            .map(
                receipt ->
                    ResponseEntity.status(
                            receipt.inserted() > 0 ? HttpStatus.CREATED : HttpStatus.OK)
                        .body(receipt));
  }

  private Mono<DryRun> dryRun(Submission planned) {
    return manager.missing(planned.taskIds()).map(missing -> DryRun.of(planned, missing));
  }

  private Mono<PoolView> view(String name, Map<TaskState, Long> counts) {
    return limits.find(name).map(limit -> PoolView.of(counts, limit));
  }

  private Mono<SubmissionView> view(Submission.Summary submission) {
    return pool.statOfSubmission(submission.id())
        .map(counts -> SubmissionView.of(submission, counts));
  }
}
