package io.windrow.coordinator.api;

import io.windrow.coordinator.submit.SubmissionService;
import io.windrow.coordinator.workflow.Validation;
import io.windrow.coordinator.workflow.WorkflowSource;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskSelection;
import io.windrow.store.WindrowStore;
import io.windrow.task.TaskState;
import java.util.Comparator;
import java.util.Map;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The control API under {@code /api/v1}. Errors are {@code application/problem+json}. */
@RestController
@RequestMapping("/api/v1")
class ControlController {
  private static final int MAX_SUBMISSIONS = 1000;

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
   */
  @PostMapping(
      path = "/submissions",
      consumes = {"application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
  Mono<ResponseEntity<Object>> submit(
      @RequestBody byte[] workflow, @RequestParam(defaultValue = "false") boolean dryRun) {
    return submit(Mono.fromCallable(() -> WorkflowSource.of(Requests.text(workflow))), dryRun);
  }

  /** The same with base files and variables. */
  @PostMapping(path = "/submissions", consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<ResponseEntity<Object>> submit(
      @RequestBody WorkflowRequest workflow, @RequestParam(defaultValue = "false") boolean dryRun) {
    return submit(Mono.fromCallable(workflow::source), dryRun);
  }

  /** Says everything there is to say about a workflow, and stores nothing. */
  @PostMapping(
      path = "/workflows/validate",
      consumes = {"application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
  Mono<Validation> validate(
      @RequestBody byte[] workflow, @RequestParam(defaultValue = "true") boolean data) {
    return Mono.fromCallable(() -> WorkflowSource.of(Requests.text(workflow)))
        .flatMap(source -> service.validate(source, data));
  }

  /** The same with base files and variables. */
  @PostMapping(path = "/workflows/validate", consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<Validation> validate(
      @RequestBody WorkflowRequest workflow, @RequestParam(defaultValue = "true") boolean data) {
    return Mono.fromCallable(workflow::source).flatMap(source -> service.validate(source, data));
  }

  /** Submissions, newest first. */
  @GetMapping("/submissions")
  Flux<SubmissionView> submissions(@RequestParam(defaultValue = "50") int limit) {
    return submissions.list(Requests.limit(limit, MAX_SUBMISSIONS)).concatMap(this::view);
  }

  @GetMapping("/submissions/{id}")
  Mono<SubmissionView> submission(@PathVariable String id) {
    return selections.submission(id).flatMap(this::view);
  }

  @GetMapping("/pools")
  Flux<PoolView> pools() {
    return pool.stat()
        .flatMapIterable(Map::entrySet)
        .concatMap(entry -> view(entry.getKey(), entry.getValue()))
        .sort(Comparator.comparing(PoolView::pool));
  }

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

  private Mono<SubmissionView> view(Submission submission) {
    return pool.statOfSubmission(submission.id())
        .map(counts -> SubmissionView.of(submission, counts));
  }
}
