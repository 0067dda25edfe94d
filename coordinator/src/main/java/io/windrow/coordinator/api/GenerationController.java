package io.windrow.coordinator.api;

import io.windrow.coordinator.submit.Generation;
import io.windrow.coordinator.submit.SubmissionService;
import io.windrow.coordinator.workflow.WorkflowSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What workflows would come to. Nothing is stored. */
@RestController
@RequestMapping("/api/v1/generations")
class GenerationController {
  private static final int MAX_LISTED = 10_000;

  private final SubmissionService service;

  GenerationController(SubmissionService service) {
    this.service = service;
  }

  /**
   * The tasks that a workflow would give: how many, and the first {@code limit} of them.
   *
   * @param limit most tasks listed, 1 to 10000
   */
  @PostMapping(consumes = {"application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
  Mono<Generation> generate(
      @RequestBody byte[] workflow, @RequestParam(defaultValue = "1000") int limit) {
    return Mono.fromCallable(() -> WorkflowSource.of(Requests.text(workflow)))
        .flatMap(source -> service.generate(source, Requests.limit(limit, MAX_LISTED)));
  }

  /**
   * The same with base files and variables.
   *
   * @param limit most tasks listed, 1 to 10000
   */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<Generation> generate(
      @RequestBody WorkflowRequest workflow, @RequestParam(defaultValue = "1000") int limit) {
    return Mono.fromCallable(workflow::source)
        .flatMap(source -> service.generate(source, Requests.limit(limit, MAX_LISTED)));
  }
}
