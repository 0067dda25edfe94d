package io.windrow.cli.bench;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.cli.bench.DispatchBenchResult.Latency;
import io.windrow.cli.client.Accepted;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.cluster.LocalCluster;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.embedded.EmbeddedStore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Measures how fast tasks that do nothing go through a cluster in this JVM: submitted to the
 * coordinator over HTTP, announced, claimed, committed, published, and collected. A submission
 * before it has the code compiled: without it half of the processor time of the first 50,000 tasks
 * is the compiler's.
 */
public final class DispatchBench {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration TELL = Duration.ofSeconds(1);

  private static final String POOL = "bench";

  private final int slots;
  private final Progress progress;
  private final CoordinatorClient coordinator;
  private final MongoDatabase database;

  private DispatchBench(
      int slots, Progress progress, CoordinatorClient coordinator, MongoDatabase database) {
    this.slots = slots;
    this.progress = progress;
    this.coordinator = coordinator;
    this.database = database;
  }

  /**
   * Measures.
   *
   * @param tasks at least so many are submitted, up to a thousandth more
   * @param warmUp tasks that go through the cluster before, 0 for none
   * @param slots tasks that the worker runs at once
   * @param progress told once a second how many are collected
   */
  public static DispatchBenchResult run(int tasks, int warmUp, int slots, Progress progress) {
    Through through;
    try (TemporaryFolder folder = TemporaryFolder.create("windrow-bench").alsoAtEnd()) {
      DispatchWorkload.write(folder.path());
      LocalCluster.Plan plan =
          new LocalCluster.Plan(
              folder.path(),
              false,
              List.of(folder.path()),
              1,
              slots,
              LocalCluster.Ports.any(),
              List.of(
                  "--windrow.worker.executors=noop",
                  "--windrow.coordinator.max-tasks=200000",
                  "--windrow.coordinator.dispatch.window=" + Math.min(1000, 4 * slots)));
      try (LocalCluster cluster = LocalCluster.start(plan);
          MongoClient client = MongoClients.create(cluster.mongodb())) {
        through =
            new DispatchBench(
                    slots,
                    progress,
                    new CoordinatorClient(Endpoint.coordinator(cluster.coordinator())),
                    client.getDatabase(EmbeddedStore.DATABASE))
                .run(tasks, warmUp);
      }
    }
    int all = through.tasks();
    progress.show(all, all, "now the bare store");
    return through.against(new BareStore(through.sample()).rate(all));
  }

  /** What the cluster did, and one of its tasks. */
  private record Through(
      int tasks,
      int slots,
      double submission,
      double seconds,
      double steady,
      double processor,
      Latency scheduleToStart,
      Latency announcedToStart,
      Document sample) {

    DispatchBenchResult against(double bare) {
      return new DispatchBenchResult(
          tasks,
          slots,
          submission,
          seconds,
          tasks / seconds,
          steady,
          processor / tasks * 1e3,
          scheduleToStart,
          announcedToStart,
          bare,
          steady / bare);
    }
  }

  private Through run(int tasks, int warmUp) {
    int earlier = warmUp == 0 ? 0 : warmUp(DispatchWorkload.of("warm-up", warmUp));
    DispatchWorkload workload = DispatchWorkload.of(POOL, tasks);
    double processor = processorSeconds();
    long begin = System.nanoTime();
    submit(workload);
    double submission = secondsSince(begin);
    long before = collected() - earlier;
    await(earlier, workload.tasks(), "collected");
    double seconds = secondsSince(begin);
    processor = processorSeconds() - processor;
    return new Through(
        workload.tasks(),
        slots,
        submission,
        seconds,
        (workload.tasks() - before) / (seconds - submission),
        processor,
        latency("createdAt"),
        latency("announcedAt"),
        Objects.requireNonNull(Mono.from(done().find(ofPool()).first()).block()));
  }

  private int warmUp(DispatchWorkload workload) {
    submit(workload);
    await(0, workload.tasks(), "warm-up");
    return workload.tasks();
  }

  private void submit(DispatchWorkload workload) {
    Accepted accepted = coordinator.submit(workload.workflow());
    if (accepted.inserted() != workload.tasks()) {
      throw new IllegalStateException(
          "%d tasks inserted, not %d".formatted(accepted.inserted(), workload.tasks()));
    }
  }

  /** Waits until so many more are collected than were before. */
  private void await(int before, int tasks, String what) {
    AtomicLong told = new AtomicLong(System.nanoTime());
    Growth.await(
        "tasks were collected",
        () -> collected() - before,
        tasks,
        LOOK,
        now -> {
          long time = System.nanoTime();
          if (now < tasks && time - told.get() > TELL.toNanos()) {
            told.set(time);
            progress.show(now, tasks, what);
          }
        });
    progress.show(tasks, tasks, what);
  }

  private long collected() {
    return Objects.requireNonNull(
        Mono.from(database.getCollection("collected").estimatedDocumentCount()).block());
  }

  /** From a time in the task to the start of its attempt. Both are written by this process. */
  private Latency latency(String from) {
    ToLongFunction<Document> waited =
        task -> {
          Date started = task.getList("history", Document.class).get(0).getDate("startedAt");
          return Math.max(0, millis(started) - millis(task.getDate(from)));
        };
    List<Document> tasks =
        Objects.requireNonNull(
            Flux.from(
                    done()
                        .find(ofPool())
                        .projection(Projections.include(from, "history.startedAt")))
                .collectList()
                .block());
    return Latency.of(tasks.stream().mapToLong(waited).sorted().toArray());
  }

  private static long millis(Date date) {
    return date.toInstant().toEpochMilli();
  }

  private MongoCollection<Document> done() {
    return database.getCollection("tasks");
  }

  private static Document ofPool() {
    return new Document("pool", POOL);
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime()
        / 1e9;
  }
}
