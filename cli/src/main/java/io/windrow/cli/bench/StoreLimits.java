package io.windrow.cli.bench;

import com.mongodb.reactivestreams.client.MongoClient;
import io.windrow.cli.bench.LimitsBenchResult.Limit;
import io.windrow.collector.intake.Collected;
import io.windrow.collector.intake.CollectedStore;
import io.windrow.fleet.Presence;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult.Claimed;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.NewTask;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store's part: renewed leases, beats of workers, artifacts, outcomes and counted tasks. */
final class StoreLimits {
  private static final int CALLERS = 8;
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final List<Integer> LEASES = List.of(1, 4, 64);
  private static final List<Integer> ARTIFACTS = List.of(64 * KIB, MIB, 16 * MIB);
  private static final int COUNTED = 2;
  private static final int BATCH = 1000;
  private static final String QUEUE = "default";

  /** How many figures there will be. */
  static final int KINDS = LEASES.size() + 1 + 2 * ARTIFACTS.size() + 1 + COUNTED;

  private final Duration each;
  private final Consumer<Limit> measured;
  private final WindrowStore store;
  private long tasks;

  StoreLimits(MongoClient client, String database, Duration each, Consumer<Limit> measured) {
    this.each = each;
    this.measured = measured;
    this.store = new WindrowStore(client, database, StoreSettings.defaults(), Clock.systemUTC());
    store.createIndexes().block();
  }

  /**
   * Measures.
   *
   * @param most tasks of the pool that is counted last; before it a tenth of them
   */
  void measure(int most) {
    renewals();
    beats();
    artifacts();
    outcomes();
    counts(most);
  }

  private void renewals() {
    List<Claim> claims = claims(LEASES.get(LEASES.size() - 1));
    for (int leases : LEASES) {
      tell(
          "renewals",
          leases + " leases",
          "leases",
          leases,
          rate(call -> store.pool().heartbeat(claims.subList(0, leases))));
    }
  }

  private List<Claim> claims(int count) {
    insert(count);
    List<Task> runnable =
        Objects.requireNonNull(store.pool().runnable(QUEUE, count).collectList().block());
    List<Task> queued = Objects.requireNonNull(store.pool().enqueue(runnable).block());
    return queued.stream()
        .map(task -> store.pool().claim(task.id(), task.version(), "worker-0").block())
        .map(result -> ((Claimed) Objects.requireNonNull(result)).claim())
        .toList();
  }

  private void beats() {
    int workers = 1000;
    List<Presence> presences = IntStream.range(0, workers).mapToObj(StoreLimits::presence).toList();
    Flux.fromIterable(presences).flatMap(store.workers()::join, CALLERS).blockLast();
    tell(
        "beats",
        "of %,d workers".formatted(workers),
        "workers",
        1,
        rate(call -> store.workers().beat(presences.get((int) (call % workers)))));
  }

  private static Presence presence(int number) {
    return new Presence(
        "worker-" + number,
        "host-" + number,
        1,
        "0.1.0",
        List.of(QUEUE),
        List.of("native"),
        4,
        4,
        List.of("%064x".formatted(number)),
        Instant.EPOCH,
        false,
        false);
  }

  private void artifacts() {
    for (int size : ARTIFACTS) {
      byte[] bytes = new byte[size];
      String name = size < MIB ? size / KIB + " KiB" : size / MIB + " MiB";
      double unit = (double) size / MIB;
      String recorder = "recorder-" + size;
      // The same few names again and again: the store's memory is bounded.
      LongFunction<String> path = call -> "file-" + call % CALLERS;
      tell(
          "artifacts written",
          name,
          "MiB",
          unit,
          rate(call -> store.artifacts().put(recorder + call % CALLERS, path.apply(call), bytes)));
      tell(
          "artifacts read",
          name,
          "MiB",
          unit,
          rate(call -> store.artifacts().get(recorder + call % CALLERS, path.apply(call))));
      Flux.range(0, CALLERS)
          .concatMap(caller -> store.artifacts().delete(recorder + caller))
          .blockLast();
    }
  }

  private void outcomes() {
    CollectedStore collected = new CollectedStore(store.database());
    tell(
        "outcomes collected",
        "%,d a batch".formatted(BATCH),
        "outcomes",
        BATCH,
        rate(call -> collected.upsert(outcomes(call))));
  }

  private static List<Collected> outcomes(long call) {
    Instant now = Instant.now();
    // A batch of new ones each time, up to a bound; then newer versions of them.
    long first = call % 100 * BATCH;
    return IntStream.range(0, BATCH)
        .mapToObj(
            i ->
                new Collected(
                    "%064x".formatted(first + i),
                    call + 1,
                    TaskState.DONE,
                    "bench",
                    "bench",
                    "bench",
                    "recorder",
                    Map.of("IC", 0.01),
                    now))
        .toList();
  }

  private void counts(int most) {
    for (int size : List.of(most / 10, most)) {
      insert((int) (size - tasks));
      tell(
          "tasks counted",
          "%,d in the pool".formatted(size),
          "tasks",
          size,
          rate(1, call -> store.pool().census().collectList()));
    }
  }

  private void insert(int count) {
    Flux.range(0, Math.max(0, count))
        .map(i -> task(tasks++))
        .buffer(BATCH)
        .concatMap(store.pool()::insert)
        .blockLast();
  }

  private static NewTask task(long number) {
    return new NewTask(
        "bench",
        "bench",
        "bench",
        number,
        0,
        Map.of("noop", Map.of("number", number)),
        null,
        List.of(),
        List.of(Stage.only(QUEUE, Terms.DEFAULT)));
  }

  private double rate(LongFunction<Mono<?>> call) {
    return rate(CALLERS, call);
  }

  /** Calls a second, so many at once. */
  private double rate(int callers, LongFunction<Mono<?>> call) {
    calls(callers, each.dividedBy(2), call);
    long begin = System.nanoTime();
    long calls = calls(callers, each, call);
    return calls * 1e9 / (System.nanoTime() - begin);
  }

  /** Each caller waits for its answer before it calls again; its numbers are its own. */
  private static long calls(int callers, Duration time, LongFunction<Mono<?>> call) {
    long end = System.nanoTime() + time.toNanos();
    return Objects.requireNonNull(
        Flux.range(0, callers)
            .flatMap(
                caller ->
                    numbers(caller, callers, end)
                        .concatMap(number -> call.apply(number).thenReturn(number), 1),
                callers)
            .count()
            .block());
  }

  /** At least one. */
  private static Flux<Long> numbers(long first, int step, long end) {
    return Flux.generate(
        () -> first,
        (number, sink) -> {
          if (number > first && System.nanoTime() > end) {
            sink.complete();
          } else {
            sink.next(number);
          }
          return number + step;
        });
  }

  private void tell(String what, String size, String unit, double units, double callsPerSecond) {
    measured.accept(new Limit(what, size, callsPerSecond, callsPerSecond * units, unit));
  }
}
