package io.windrow.coordinator.submit;

import io.windrow.coordinator.workflow.DependencySettings;
import io.windrow.coordinator.workflow.WorkflowException;
import io.windrow.coordinator.workflow.WorkflowProblem;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.RecorderStore;
import io.windrow.pool.TaskPool;
import io.windrow.quant.model.Models;
import io.windrow.quant.reference.Reference;
import io.windrow.quant.reference.Selector;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Holds what a workflow waits for and refers to against what is stored: each task and each artifact
 * must be there.
 */
final class PlanCheck {
  private final DependencyCheck dependencies;
  private final RecorderStore recorders;
  private final ArtifactStore artifacts;

  PlanCheck(TaskPool pool, RecorderStore recorders, ArtifactStore artifacts) {
    this.dependencies = new DependencyCheck(pool);
    this.recorders = recorders;
    this.artifacts = artifacts;
  }

  /** Fails with a {@link WorkflowException} that names everything that will not do. */
  Mono<Void> check(Plan plan) {
    Set<String> own = Set.copyOf(plan.submission().taskIds());
    return waiting(plan, own)
        .concatWith(references(plan, own))
        .collectList()
        .flatMap(
            problems ->
                problems.isEmpty() ? Mono.empty() : Mono.error(new WorkflowException(problems)));
  }

  private Flux<WorkflowProblem> waiting(Plan plan, Set<String> own) {
    List<DependencySettings> dependsOn = plan.dependsOn();
    return Flux.fromStream(IntStream.range(0, dependsOn.size()).boxed())
        .concatMap(
            i ->
                Mono.justOrEmpty(dependsOn.get(i).task())
                    .flatMap(id -> dependencies.problem(id, own))
                    .map(
                        message ->
                            plan.places().locate("windrow.depends_on." + i + ".task", message)));
  }

  private Flux<WorkflowProblem> references(Plan plan, Set<String> own) {
    return Flux.fromIterable(plan.references().entrySet())
        .concatMap(
            entry ->
                problem(entry.getKey(), own)
                    .map(message -> plan.places().locate(entry.getValue(), message)));
  }

  private Mono<String> problem(Reference reference, Set<String> own) {
    if (reference.selector() instanceof Selector.OfTask of) {
      return dependencies.problem(of.id(), own);
    }
    if (reference.selector() instanceof Selector.OfRecorder of) {
      return recorders
          .find(of.id())
          .flatMap(recorder -> problem(reference, recorder))
          .defaultIfEmpty(Collections.singletonList("there is no recorder " + of.id()))
          .flatMapIterable(found -> found)
          .next();
    }
    return Mono.empty();
  }

  /** At most one problem. */
  private Mono<List<String>> problem(Reference reference, Recorder recorder) {
    if (recorder.status() == Recorder.Status.RUNNING
        || recorder.status() == Recorder.Status.SCHEDULED) {
      return Mono.just(
          List.of(
              "the recorder %s is %s: name its task, to wait for it"
                  .formatted(recorder.id(), recorder.status().name().toLowerCase(Locale.ROOT))));
    }
    List<String> paths = reference.path() == null ? Models.ARTIFACTS : List.of(reference.path());
    return artifacts
        .list(recorder.id())
        .any(artifact -> paths.contains(artifact.path()))
        .map(
            there ->
                there
                    ? List.of()
                    : List.of(
                        "the recorder %s has no %s"
                            .formatted(recorder.id(), String.join(" or ", paths))));
  }
}
