package io.windrow.coordinator.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.windrow.coordinator.fleet.Fleet;
import io.windrow.coordinator.fleet.Member;
import io.windrow.coordinator.fleet.QueueCrew;
import io.windrow.coordinator.fleet.QueueDemand;
import io.windrow.coordinator.fleet.SetLimits;
import io.windrow.coordinator.fleet.Throughput;
import io.windrow.fleet.WorkerState;
import io.windrow.meter.Freshness;
import io.windrow.meter.LiveGauges;
import io.windrow.meter.NamedCounters;
import io.windrow.meter.ShownNames;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskCount;
import io.windrow.pool.TaskPool;
import io.windrow.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * Counts the tasks, and who serves their queues, for the gauges and the throughput. Every
 * coordinator counts, active or not: a dashboard takes the maximum over them.
 *
 * <p>Per pool and queue: submitted = waiting + queued + running + part_done + done + failed +
 * cancelled.
 *
 * <p>The latest pools are told apart, and the queues that have most to do; the others are told
 * together.
 */
public final class QueueMetrics implements Step {
  private final TaskPool pool;
  private final SubmissionStore submissions;
  private final PoolLimits poolLimits;
  private final PoolLimits queueLimits;
  private final Fleet fleet;
  private final Clock clock;
  private final Duration storeTimeout;
  private final Throughput throughput;
  private final int mostPools;
  private final Freshness freshness;
  private final LiveGauges tasks;
  private final LiveGauges paused;
  private final LiveGauges demand;
  private final LiveGauges oldest;
  private final LiveGauges workers;
  private final LiveGauges slots;

  /**
   * @param mostPools that have gauges of their own
   * @param freshness of these numbers alone
   */
  public QueueMetrics(
      TaskPool pool,
      SubmissionStore submissions,
      PoolLimits poolLimits,
      PoolLimits queueLimits,
      Fleet fleet,
      Clock clock,
      Duration storeTimeout,
      Throughput throughput,
      int mostPools,
      Freshness freshness,
      MeterRegistry meters) {
    this.pool = pool;
    this.submissions = submissions;
    this.poolLimits = poolLimits;
    this.queueLimits = queueLimits;
    this.fleet = fleet;
    this.clock = clock;
    this.storeTimeout = storeTimeout;
    this.throughput = throughput;
    this.mostPools = mostPools;
    this.freshness = freshness;
    Gauge.builder(
            "windrow.coordinator.count.age", freshness, each -> each.age().toMillis() / 1000.0)
        .description("How long ago this coordinator counted the tasks")
        .baseUnit("seconds")
        .register(meters);
    this.tasks =
        LiveGauges.of(
            MultiGauge.builder("windrow.tasks").description("Tasks by state"), freshness, meters);
    this.paused =
        LiveGauges.of(
            MultiGauge.builder("windrow.pool.paused")
                .description("1 while nothing of the pool may start"),
            freshness,
            meters);
    this.demand =
        LiveGauges.of(
            MultiGauge.builder("windrow.queue.demand")
                .description("Tasks that keep a worker busy now: runnable, queued and running"),
            freshness,
            meters);
    this.oldest =
        LiveGauges.of(
            MultiGauge.builder("windrow.queue.oldest.age")
                .description("How long the first task in line has been due")
                .baseUnit("seconds"),
            freshness,
            meters);
    this.workers =
        LiveGauges.of(
            MultiGauge.builder("windrow.queue.workers")
                .description("Live workers that take from the queue"),
            freshness,
            meters);
    this.slots =
        LiveGauges.of(
            MultiGauge.builder("windrow.queue.slots")
                .description("Slots of the queue's live workers, shared with their other queues"),
            freshness,
            meters);
  }

  @Override
  public boolean runOnce() {
    List<TaskCount> census = get(pool.census().collectList());
    throughput.count(census);
    SetLimits limits = get(SetLimits.read(poolLimits, queueLimits));
    Map<String, QueueDemand> wanted = QueueDemand.of(census, limits);
    ShownNames pools = pools(census);
    List<Member> members = get(fleet.list().collectList());
    Set<String> served = served(members);
    ShownNames queues = queues(wanted, served);
    tasks.set(byState(census, pools, queues));
    paused.set(paused(census, limits, pools));
    Map<Tags, Long> demands = new HashMap<>();
    Map<Tags, Double> ages = new HashMap<>();
    Instant now = clock.instant();
    wanted.forEach(
        (queue, wants) -> {
          Tags tags = Tags.of("queue", queues.tag(queue));
          demands.merge(tags, wants.tasks(), Long::sum);
          ages.merge(tags, wants.age(now).toMillis() / 1000.0, Math::max);
        });
    demand.set(demands);
    oldest.set(ages);
    tellCrews(crews(Stream.concat(wanted.keySet().stream(), served.stream()), queues, members));
    freshness.renew();
    return false;
  }

  private <T> T get(Mono<T> one) {
    return Objects.requireNonNull(one.block(storeTimeout));
  }

  private ShownNames pools(List<TaskCount> census) {
    Set<String> there = census.stream().map(TaskCount::pool).collect(Collectors.toSet());
    return ShownNames.latest(mostPools, get(submissions.pools()), there);
  }

  /** Queues that workers take from, or did until lately. */
  private static Set<String> served(List<Member> members) {
    return members.stream()
        .filter(member -> member.state() != WorkerState.GONE)
        .flatMap(member -> member.worker().presence().queues().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ShownNames queues(Map<String, QueueDemand> wanted, Set<String> served) {
    return ShownNames.first(
        NamedCounters.MOST,
        Stream.concat(
                wanted.entrySet().stream()
                    .sorted(
                        Comparator.<Map.Entry<String, QueueDemand>>comparingLong(
                                each -> -each.getValue().tasks())
                            .thenComparing(Map.Entry::getKey))
                    .map(Map.Entry::getKey),
                served.stream())
            .toList());
  }

  private static Map<String, QueueCrew> crews(
      Stream<String> names, ShownNames queues, List<Member> members) {
    Map<String, QueueCrew> crews = new HashMap<>();
    names
        .collect(Collectors.groupingBy(queues::tag, Collectors.toSet()))
        .forEach((tag, together) -> crews.put(tag, QueueCrew.of(together, members)));
    return crews;
  }

  /** One that nobody serves has 0 workers and slots, and is not away. */
  private void tellCrews(Map<String, QueueCrew> crews) {
    Map<Tags, Integer> live = new HashMap<>();
    Map<Tags, Integer> have = new HashMap<>();
    crews.forEach(
        (queue, crew) -> {
          Tags tags = Tags.of("queue", queue);
          live.put(tags, crew.workers());
          have.put(tags.and("state", "busy"), crew.busy());
          have.put(tags.and("state", "free"), crew.free());
        });
    workers.set(live);
    slots.set(have);
  }

  /** A pool on a queue has all states, so that one without tasks is 0 and not away. */
  private static Map<Tags, Long> byState(
      List<TaskCount> census, ShownNames pools, ShownNames queues) {
    Map<Tags, Long> counts = new HashMap<>();
    for (TaskCount count : census) {
      Tags place = Tags.of("pool", pools.tag(count.pool()), "queue", queues.tag(count.queue()));
      for (TaskState state : TaskState.values()) {
        counts.merge(
            place.and("state", state.word()),
            state == count.state() ? count.tasks() : 0,
            Long::sum);
      }
    }
    return counts;
  }

  private static Map<Tags, Long> paused(
      List<TaskCount> census, SetLimits limits, ShownNames pools) {
    Map<Tags, Long> is = new HashMap<>();
    for (TaskCount count : census) {
      is.merge(
          Tags.of("pool", pools.tag(count.pool())),
          limits.pool(count.pool()).paused() ? 1L : 0L,
          Math::max);
    }
    return is;
  }
}
