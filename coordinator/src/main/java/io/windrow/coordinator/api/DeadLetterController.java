package io.windrow.coordinator.api;

import io.windrow.coordinator.deadletter.DeadLetterBox;
import io.windrow.coordinator.deadletter.DeadLetterBox.Replay;
import io.windrow.coordinator.deadletter.Letter;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Records that nobody could decode. */
@RestController
@RequestMapping("/api/v1/dead-letters")
class DeadLetterController {
  private static final int MAX = 1000;

  private final DeadLetterBox box;

  DeadLetterController(DeadLetterBox box) {
    this.box = box;
  }

  /**
   * The oldest records that were not sent again.
   *
   * @param limit most records, 1 to 1000
   */
  @GetMapping
  Mono<List<Letter>> list(@RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MAX) {
      throw Problems.badRequest("limit must be 1 to " + MAX + ", not " + limit + ".");
    }
    return Mono.fromCallable(() -> box.list(limit)).subscribeOn(Schedulers.boundedElastic());
  }

  /** Sends all records again that nobody could decode, each to its topic. */
  @PostMapping("/replay")
  Mono<Replay> replay() {
    return Mono.fromCallable(box::replay).subscribeOn(Schedulers.boundedElastic());
  }
}
