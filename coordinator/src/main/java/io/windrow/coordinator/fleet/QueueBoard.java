package io.windrow.coordinator.fleet;

import io.windrow.fleet.Presence;
import io.windrow.fleet.WorkerState;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.TaskCount;
import io.windrow.store.WindrowStore;
import io.windrow.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * The queues: those with tasks, with a limit, or with a worker. Counting looks at every task, so
 * all who ask within two seconds share a count.
 */
public final class QueueBoard {
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Fleet fleet;
  private final PoolLimits queueLimits;
  private final Clock clock;
  private final Mono<Counted> counted;

  public QueueBoard(WindrowStore store, Fleet fleet, Clock clock) {
    this.fleet = fleet;
    this.queueLimits = store.queueLimits();
    this.clock = clock;
    this.counted =
        Mono.defer(
                () ->
                    Mono.zip(
                        store.pool().census().collectList(), paused(store.limits()), Counted::new))
            .cache(counted -> FRESH, error -> Duration.ZERO, () -> Duration.ZERO);
  }

  private record Counted(List<TaskCount> census, Set<String> paused) {}

  private static Mono<Set<String>> paused(PoolLimits limits) {
    return limits.list().filter(Limit::paused).map(Limit::pool).collect(Collectors.toSet());
  }

  /** All queues, by name. */
  public Mono<List<QueueStand>> list() {
    return Mono.zip(counted, fleet.list().collectList(), queueLimits.list().collectList())
        .map(all -> stands(all.getT1(), all.getT2(), all.getT3()));
  }

  private List<QueueStand> stands(Counted counted, List<Member> members, List<Limit> limits) {
    Map<String, QueueDemand> demands = QueueDemand.of(counted.census(), counted.paused());
    Map<String, Map<TaskState, Long>> counts = new HashMap<>();
    for (TaskCount count : counted.census()) {
      counts
          .computeIfAbsent(count.queue(), queue -> new EnumMap<>(TaskState.class))
          .merge(count.state(), count.tasks(), Long::sum);
    }
    Map<String, Limit> limited =
        limits.stream().collect(Collectors.toMap(Limit::pool, limit -> limit));
    Set<String> queues = new TreeSet<>(counts.keySet());
    queues.addAll(limited.keySet());
    members.stream()
        .filter(member -> member.state() != WorkerState.GONE)
        .forEach(member -> queues.addAll(member.worker().presence().queues()));
    Instant now = clock.instant();
    return queues.stream()
        .map(
            queue -> {
              QueueDemand demand = demands.getOrDefault(queue, QueueDemand.NONE);
              List<Presence> serving =
                  members.stream()
                      .filter(member -> member.serves(queue))
                      .map(member -> member.worker().presence())
                      .toList();
              return new QueueStand(
                  queue,
                  counts.getOrDefault(queue, Map.of()),
                  demand.tasks(),
                  demand.age(now),
                  limited.getOrDefault(queue, Limit.none(queue)),
                  serving.size(),
                  serving.stream().mapToInt(Presence::slots).sum(),
                  serving.stream().mapToInt(Presence::busy).sum());
            })
        .toList();
  }
}
