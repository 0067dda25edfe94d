package io.windrow.coordinator.fleet;

import io.windrow.fleet.WorkerState;
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
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

/**
 * The queues: those with tasks, with a limit, or with a worker. Counting looks at every task, so
 * those who ask often share a count: for twenty times as long as it took, at most two seconds.
 * However many ask, the store counts for a twentieth of the time; where counting is cheap, what was
 * just submitted is there.
 */
public final class QueueBoard {
  private static final int REST = 20;
  private static final Duration OLDEST = Duration.ofSeconds(2);

  private final Fleet fleet;
  private final Clock clock;
  private final Mono<SetLimits> limits;
  private final Mono<List<TaskCount>> count;
  private final Mono<List<TaskCount>> census;

  public QueueBoard(WindrowStore store, Fleet fleet, Clock clock) {
    this.fleet = fleet;
    this.clock = clock;
    this.limits = SetLimits.read(store.limits(), store.queueLimits());
    this.count = Mono.defer(() -> store.pool().census().collectList());
    this.census =
        count
            .elapsed()
            .cache(counted -> shared(counted.getT1()), error -> Duration.ZERO, () -> Duration.ZERO)
            .map(Tuple2::getT2);
  }

  private static Duration shared(long tookMillis) {
    Duration rest = Duration.ofMillis(REST * tookMillis);
    return rest.compareTo(OLDEST) < 0 ? rest : OLDEST;
  }

  /** All queues, by name. */
  public Mono<List<QueueStand>> list() {
    return list(census);
  }

  /** All queues, by name, counted now: for who looks once, and must not see what is over. */
  public Mono<List<QueueStand>> now() {
    return list(count);
  }

  private Mono<List<QueueStand>> list(Mono<List<TaskCount>> census) {
    return Mono.zip(census, limits, fleet.list().collectList())
        .map(all -> stands(all.getT1(), all.getT2(), all.getT3()));
  }

  /** One queue; if it has neither tasks nor a limit nor a worker, an idle one. */
  public Mono<QueueStand> stand(String queue) {
    return list()
        .map(
            stands ->
                stands.stream()
                    .filter(stand -> stand.queue().equals(queue))
                    .findFirst()
                    .orElseGet(() -> QueueStand.idle(queue)));
  }

  private List<QueueStand> stands(List<TaskCount> census, SetLimits limits, List<Member> members) {
    Map<String, QueueDemand> demands = QueueDemand.of(census, limits);
    Map<String, Map<TaskState, Long>> counts = new HashMap<>();
    for (TaskCount count : census) {
      counts
          .computeIfAbsent(count.queue(), queue -> new EnumMap<>(TaskState.class))
          .merge(count.state(), count.tasks(), Long::sum);
    }
    Set<String> queues = new TreeSet<>(counts.keySet());
    queues.addAll(limits.queues().keySet());
    members.stream()
        .filter(member -> member.state() != WorkerState.GONE)
        .forEach(member -> queues.addAll(member.worker().presence().queues()));
    Instant now = clock.instant();
    return queues.stream()
        .map(
            queue -> {
              QueueDemand demand = demands.getOrDefault(queue, QueueDemand.NONE);
              QueueCrew crew = QueueCrew.of(Set.of(queue), members);
              return new QueueStand(
                  queue,
                  counts.getOrDefault(queue, Map.of()),
                  demand.tasks(),
                  demand.age(now),
                  limits.queue(queue),
                  crew.workers(),
                  crew.slots(),
                  crew.busy());
            })
        .toList();
  }
}
