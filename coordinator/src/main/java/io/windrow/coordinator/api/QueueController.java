package io.windrow.coordinator.api;

import io.windrow.coordinator.fleet.QueueBoard;
import io.windrow.coordinator.fleet.QueueStand;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The queues: what stands on them, who serves them, how much may run. */
@RestController
@RequestMapping("/api/v1/queues")
class QueueController {
  private final QueueBoard board;

  QueueController(QueueBoard board) {
    this.board = board;
  }

  /** All queues that have tasks, a limit or a worker, by name. */
  @GetMapping
  Flux<QueueView> queues() {
    return board.list().flatMapIterable(stands -> stands).map(QueueView::of);
  }

  /**
   * A queue.
   *
   * @param name of the queue
   */
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
   * How much work a queue has for workers: for what scales them. A queue that nobody has used yet
   * has none.
   *
   * @param name of the queue
   */
  @GetMapping("/{name}/demand")
  Mono<DemandView> demand(@PathVariable String name) {
    return board.stand(name).map(DemandView::of);
  }

  private static List<String> names(List<QueueStand> stands) {
    return stands.stream().map(QueueStand::queue).toList();
  }
}
