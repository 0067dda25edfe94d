package io.windrow.coordinator.api;

import io.windrow.coordinator.fleet.Fleet;
import io.windrow.coordinator.fleet.Member;
import io.windrow.fleet.WorkerState;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The workers, and asking them to drain. */
@RestController
@RequestMapping("/api/v1/workers")
class WorkerController {
  private static final int LEAST_PREFIX = 4;
  private static final int NEAR = 3;

  private final Fleet fleet;

  WorkerController(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * All workers that are remembered, by id.
   *
   * @param queue only those that take from it
   */
  @GetMapping
  Flux<WorkerView> workers(@RequestParam(required = false) @Nullable String queue) {
    return fleet
        .list()
        .filter(member -> queue == null || member.worker().presence().queues().contains(queue))
        .map(WorkerView::of);
  }

  /**
   * A worker.
   *
   * @param id of the worker
   */
  @GetMapping("/{id}")
  Mono<WorkerView> worker(@PathVariable String id) {
    return fleet.find(id).switchIfEmpty(Mono.defer(() -> unknown(id))).map(WorkerView::of);
  }

  /**
   * Asks a worker to take nothing more; what it runs comes to its end, and it stays.
   *
   * @param id of the worker
   */
  @PostMapping("/{id}/drain")
  Mono<WorkerView> drain(@PathVariable String id) {
    return ask(id, true);
  }

  /**
   * Asks a drained worker to go on.
   *
   * @param id of the worker
   */
  @PostMapping("/{id}/undrain")
  Mono<WorkerView> undrain(@PathVariable String id) {
    return ask(id, false);
  }

  private Mono<WorkerView> ask(String id, boolean drain) {
    return fleet
        .find(id)
        .switchIfEmpty(Mono.defer(() -> unknown(id)))
        .filter(member -> member.state() != WorkerState.GONE)
        .switchIfEmpty(
            Mono.error(
                () ->
                    Problems.conflict(
                        "Worker '"
                            + id
                            + "' is gone: there is nobody to ask. Whoever comes back under its"
                            + " name takes tasks.")))
        .flatMap(there -> fleet.drain(id, drain).switchIfEmpty(Mono.defer(() -> unknown(id))))
        .map(WorkerView::of);
  }

  private Mono<Member> unknown(String id) {
    return fleet
        .list()
        .map(member -> member.worker().presence().id())
        .filter(
            known ->
                id.length() >= LEAST_PREFIX
                    && known.startsWith(id.substring(0, Math.min(id.length(), 2 * LEAST_PREFIX))))
        .take(NEAR)
        .collectList()
        .flatMap(near -> Mono.error(Problems.unknownId("worker", id, near)));
  }
}
