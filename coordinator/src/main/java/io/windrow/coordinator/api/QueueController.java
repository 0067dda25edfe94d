package io.windrow.coordinator.api;

import io.windrow.coordinator.api.SteeringController.LimitView;
import io.windrow.coordinator.fleet.QueueBoard;
import io.windrow.coordinator.fleet.QueueStand;
import io.windrow.message.Topics;
import io.windrow.pool.PoolLimits;
import io.windrow.store.WindrowStore;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The queues: what stands on them, who serves them, how much may run. */
@RestController
@RequestMapping("/api/v1/queues")
class QueueController {
  private final QueueBoard board;
  private final PoolLimits limits;

  QueueController(QueueBoard board, WindrowStore store) {
    this.board = board;
    this.limits = store.queueLimits();
  }

  /** All queues that have tasks, a limit or a worker, by name. */
  @GetMapping
  Flux<QueueView> queues() {
    return board.list().flatMapIterable(stands -> stands).map(QueueView::of);
  }

  @GetMapping("/{name}")
  Mono<QueueView> queue(@PathVariable String name) {
    return board
        .list()
        .map(
            stands ->
                stands.stream()
                    .filter(stand -> stand.queue().equals(name))
                    .findFirst()
                    .map(QueueView::of)
                    .orElseThrow(() -> Problems.unknownQueue(name, names(stands))));
  }

  /**
   * Bounds how many tasks of a queue run at once; 0 lifts the bound. The queue need not have tasks
   * yet, but then the answer says so: its name may be misspelt.
   */
  @PutMapping("/{name}/limit")
  Mono<LimitView> limit(@PathVariable String name, @RequestParam("max_running") int maxRunning) {
    if (!Topics.isQueue(name)) {
      throw Problems.badRequest("'" + name + "' cannot be a queue.");
    }
    return SteeringController.bound(limits, name, maxRunning)
        .flatMap(limit -> board.list().map(stands -> noted(limit, stands)));
  }

  private static LimitView noted(LimitView limit, List<QueueStand> stands) {
    List<QueueStand> used =
        stands.stream().filter(stand -> !stand.counts().isEmpty() || stand.workers() > 0).toList();
    return used.stream().anyMatch(stand -> stand.queue().equals(limit.name()))
        ? limit
        : limit.noting(Problems.unusedQueue(limit.name(), names(used)));
  }

  private static List<String> names(List<QueueStand> stands) {
    return stands.stream().map(QueueStand::queue).toList();
  }
}
