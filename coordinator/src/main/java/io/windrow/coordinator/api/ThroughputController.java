package io.windrow.coordinator.api;

import io.windrow.coordinator.fleet.Throughput;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How fast the cluster gets on. */
@RestController
@RequestMapping("/api/v1/throughput")
class ThroughputController {
  private final Throughput throughput;

  ThroughputController(Throughput throughput) {
    this.throughput = throughput;
  }

  /**
   * The last hour.
   *
   * @param seconds that a point covers
   * @param points oldest first; where the store was away, and before the coordinator started, there
   *     are none
   */
  record ThroughputView(long seconds, List<PointView> points) {}

  /**
   * What came to its end within some seconds, in all pools.
   *
   * @param at the end of those seconds
   * @param done tasks that came to done
   * @param failed tasks that came to failed
   * @param running tasks that ran at that time
   */
  record PointView(Instant at, long done, long failed, long running) {
    static PointView of(Throughput.Point point) {
      return new PointView(point.at(), point.done(), point.failed(), point.running());
    }
  }

  /** Tasks that ended within each ten seconds of the last hour, as this coordinator saw it. */
  @GetMapping
  ThroughputView throughput() {
    return new ThroughputView(
        Throughput.STEP.toSeconds(), throughput.points().stream().map(PointView::of).toList());
  }
}
