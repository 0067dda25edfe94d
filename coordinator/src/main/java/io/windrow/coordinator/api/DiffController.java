package io.windrow.coordinator.api;

import io.windrow.coordinator.submit.SubmissionService;
import io.windrow.coordinator.workflow.WorkflowSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What changed between two submissions, or would with a workflow that is not submitted yet. */
@RestController
@RequestMapping("/api/v1")
class DiffController {
  private final SubmissionService service;
  private final Selections selections;

  DiffController(SubmissionService service, Selections selections) {
    this.service = service;
    this.selections = selections;
  }

  /**
   * A submission against an earlier one.
   *
   * @param id of the submission
   * @param against id of the earlier one
   */
  @GetMapping("/submissions/{id}/diff")
  Mono<DiffView> diff(@PathVariable String id, @RequestParam String against) {
    return Mono.zip(selections.submission(id), selections.submission(against))
        .publishOn(Schedulers.boundedElastic())
        .map(both -> DiffView.of(both.getT1(), both.getT2()));
  }

  /**
   * A workflow against a submission. Nothing is stored; a wrong one is a 400, as submitted.
   *
   * @param against id of the submission
   */
  @PostMapping(
      path = "/workflows/diff",
      consumes = {"application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
  Mono<DiffView> diff(@RequestBody byte[] workflow, @RequestParam String against) {
    return diff(Mono.fromCallable(() -> WorkflowSource.of(Requests.text(workflow))), against);
  }

  /**
   * The same with base files and variables.
   *
   * @param against id of the submission
   */
  @PostMapping(path = "/workflows/diff", consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<DiffView> diff(@RequestBody WorkflowRequest workflow, @RequestParam String against) {
    return diff(Mono.fromCallable(workflow::source), against);
  }

  private Mono<DiffView> diff(Mono<WorkflowSource> workflow, String against) {
    return Mono.zip(workflow.flatMap(service::preview), selections.submission(against))
        .publishOn(Schedulers.boundedElastic())
        .map(both -> DiffView.of(both.getT1(), both.getT2()));
  }
}
