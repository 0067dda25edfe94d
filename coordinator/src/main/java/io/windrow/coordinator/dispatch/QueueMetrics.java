package io.windrow.coordinator.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.windrow.coordinator.fleet.QueueDemand;
import io.windrow.coordinator.fleet.SetLimits;
import io.windrow.coordinator.fleet.Throughput;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.TaskCount;
import io.windrow.pool.TaskPool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Counts the tasks for the gauges and the throughput. Every coordinator counts, active or not: a
 * dashboard takes the maximum over them.
 *
 * <p>Per pool and queue: submitted = waiting + queued + running + part_done + done + failed +
 * cancelled.
 */
public final class QueueMetrics implements Step {
  private final TaskPool pool;
  private final PoolLimits poolLimits;
  private final PoolLimits queueLimits;
  private final Clock clock;
  private final Duration storeTimeout;
  private final Throughput throughput;
  private final LiveGauges tasks;
  private final LiveGauges demand;
  private final LiveGauges oldest;

  public QueueMetrics(
      TaskPool pool,
      PoolLimits poolLimits,
      PoolLimits queueLimits,
      Clock clock,
      Duration storeTimeout,
      Throughput throughput,
      MeterRegistry meters) {
    this.pool = pool;
    this.poolLimits = poolLimits;
    this.queueLimits = queueLimits;
    this.clock = clock;
    this.storeTimeout = storeTimeout;
    this.throughput = throughput;
    this.tasks =
        LiveGauges.of(MultiGauge.builder("windrow.tasks").description("Tasks by state"), meters);
    this.demand =
        LiveGauges.of(
            MultiGauge.builder("windrow.queue.demand")
                .description("Tasks that keep a worker busy now: runnable, queued and running"),
            meters);
    this.oldest =
        LiveGauges.of(
            MultiGauge.builder("windrow.queue.oldest.age")
                .description("How long the first task in line has been due")
                .baseUnit("seconds"),
            meters);
  }

  @Override
  public boolean runOnce() {
    List<TaskCount> census =
        Objects.requireNonNull(pool.census().collectList().block(storeTimeout));
    throughput.count(census);
    SetLimits limits =
        Objects.requireNonNull(SetLimits.read(poolLimits, queueLimits).block(storeTimeout));
    Map<String, QueueDemand> wanted = QueueDemand.of(census, limits);
    tasks.set(byState(census));
    Map<Tags, Long> demands = new HashMap<>();
    Map<Tags, Double> ages = new HashMap<>();
    Instant now = clock.instant();
    wanted.forEach(
        (queue, wants) -> {
          Tags tags = Tags.of("queue", queue);
          demands.put(tags, wants.tasks());
          ages.put(tags, wants.age(now).toMillis() / 1000.0);
        });
    demand.set(demands);
    oldest.set(ages);
    return false;
  }

  private static Map<Tags, Long> byState(List<TaskCount> census) {
    return census.stream()
        .collect(
            Collectors.toMap(
                count ->
                    Tags.of(
                        "pool",
                        count.pool(),
                        "queue",
                        count.queue(),
                        "state",
                        count.state().word()),
                TaskCount::tasks));
  }
}
