package io.windrow.coordinator.events;

import io.windrow.coordinator.fleet.Member;
import io.windrow.fleet.WorkerState;
import io.windrow.pool.TaskChange;
import io.windrow.pool.TaskChanges;
import io.windrow.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at the store once a second for all who listen, and not at all while nobody does: one
 * question along the index of versions, a count of the tasks if any of them changed, and the
 * workers.
 */
public final class EventHub {
  private static final Logger log = LoggerFactory.getLogger(EventHub.class);

  /** So many may wait for a listener that does not keep up; then it is cut off. */
  static final int WAITING = 64;

  /** Most changes that are told one by one after a look. */
  public static final int MOST = 2_000;

  private final TaskChanges changes;
  private final Mono<Map<String, Map<TaskState, Long>>> pools;
  private final Mono<List<Member>> workers;
  private final Clock clock;
  private final Duration pause;
  private final Flux<Happening> shared;

  /**
   * A hub without listeners.
   *
   * @param pools counts the tasks of all pools by state, each time it is asked
   * @param workers tells the workers, each time it is asked
   * @param clock the store's
   * @param pause between two looks
   */
  public EventHub(
      TaskChanges changes,
      Mono<Map<String, Map<TaskState, Long>>> pools,
      Mono<List<Member>> workers,
      Clock clock,
      Duration pause) {
    this.changes = changes;
    this.pools = pools;
    this.workers = workers;
    this.clock = clock;
    this.pause = pause;
    this.shared = Flux.defer(this::looks).publish().refCount(1);
  }

  /**
   * What happens from now on. For a listener that does not keep up a few are kept; then comes an
   * overflow, as an error. It holds nobody else up.
   */
  public Flux<Happening> live() {
    return shared.onBackpressureBuffer(WAITING);
  }

  /** How everything stands: where a listener begins. */
  public Flux<Happening> present() {
    return Flux.concat(pools.map(Happening.Pools::new), workers.map(Happening.WorkersSeen::new));
  }

  /** What changed after a cursor that a listener was told once, by whichever coordinator. */
  public Mono<Happening> since(long cursor) {
    return changes
        .after(Math.max(0, cursor - ChangeCursor.OVERLAP), MOST + 1)
        .collectList()
        .map(
            found ->
                found.size() > MOST
                    ? new Happening.TooMany(now())
                    : new Happening.Tasks(
                        found.stream().mapToLong(TaskChange::version).reduce(cursor, Math::max),
                        found));
  }

  private long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  private Flux<Happening> looks() {
    Round round = new Round(new ChangeCursor(now()));
    return Flux.interval(pause)
        .onBackpressureDrop()
        .concatMap(
            number ->
                Flux.defer(round::look)
                    .onErrorResume(
                        error -> {
                          log.atDebug().addKeyValue("error", error.toString()).log("look failed");
                          return Flux.empty();
                        }),
            1);
  }

  /** What the looks of one run remember. */
  private final class Round {
    private ChangeCursor cursor;
    private Map<String, Map<TaskState, Long>> counted = Map.of();
    private Map<String, String> known = Map.of();

    Round(ChangeCursor cursor) {
      this.cursor = cursor;
    }

    Flux<Happening> look() {
      long askedAt = now();
      return changes
          .after(cursor.from(), MOST + 1)
          .collectList()
          .flatMapMany(
              found -> {
                Flux<Happening> tasks = told(found, askedAt);
                return Flux.concat(tasks, found.isEmpty() ? Flux.empty() : counts(), workers());
              });
    }

    private Flux<Happening> told(List<TaskChange> found, long askedAt) {
      if (found.size() > MOST) {
        cursor = new ChangeCursor(now());
        return Flux.just(new Happening.TooMany(cursor.greatest()));
      }
      List<TaskChange> fresh = cursor.fresh(found, askedAt);
      return fresh.isEmpty()
          ? Flux.empty()
          : Flux.just(new Happening.Tasks(cursor.greatest(), fresh));
    }

    private Mono<Happening> counts() {
      return pools.mapNotNull(
          now -> {
            Map<String, Map<TaskState, Long>> changed = new HashMap<>(now);
            changed.entrySet().removeIf(each -> each.getValue().equals(counted.get(each.getKey())));
            counted.keySet().stream()
                .filter(gone -> !now.containsKey(gone))
                .forEach(gone -> changed.put(gone, Map.of()));
            counted = now;
            return changed.isEmpty() ? null : new Happening.Pools(changed);
          });
    }

    private Mono<Happening> workers() {
      return workers.mapNotNull(
          now -> {
            Map<String, String> seen = new HashMap<>();
            List<Member> changed = new ArrayList<>();
            for (Member member : now) {
              String id = member.worker().presence().id();
              String stand = stand(member);
              seen.put(id, stand);
              if (!stand.equals(known.get(id))) {
                changed.add(member);
              }
            }
            known = seen;
            return changed.isEmpty() ? null : new Happening.WorkersSeen(changed);
          });
    }

    private String stand(Member member) {
      WorkerState state = member.state();
      return state + " " + member.worker().presence() + " " + member.worker().drain();
    }
  }
}
