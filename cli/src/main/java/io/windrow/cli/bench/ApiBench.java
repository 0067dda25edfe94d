package io.windrow.cli.bench;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.cli.bench.ApiBenchResult.Listening;
import io.windrow.cli.bench.ApiBenchResult.Side;
import io.windrow.cli.client.Accepted;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.cluster.LocalCluster;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.pool.TaskQuery;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Measures how long the API takes to answer when the store is full: a cluster in this JVM, all
 * parts over loopback sockets, its pools in the state in which a cluster at work has them.
 */
public final class ApiBench {
  /** What the 95th percentile of every address should stay below. */
  static final double GOAL_MILLIS = 200;

  private static final int TASKS_OF_SUBMISSION = 10_000;
  private static final int FEWEST_SUBMISSIONS = 3;
  private static final int POOLS = 3;
  private static final int WINDOWS = 300;
  private static final int WARM_UP = 10;

  /** Those that are asked after a pause are asked less often. */
  private static final int SELDOM = 5;

  private static final Duration BEAT = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration CHANGE = Duration.ofMillis(10);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final LocalCluster cluster;
  private final WindrowStore store;
  private final ApiContent content;
  private final ApiClient client = new ApiClient();
  private final int runs;
  private final Progress progress;

  private ApiBench(LocalCluster cluster, WindrowStore store, int runs, Progress progress) {
    this.cluster = cluster;
    this.store = store;
    this.content = new ApiContent(store);
    this.runs = runs;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param tasks about so many tasks in the store
   * @param runs how often each question is asked
   * @param progress told what was done and measured
   */
  public static ApiBenchResult run(int tasks, int runs, Progress progress) {
    return run(tasks, runs, progress, (result, console) -> {});
  }

  /** What is done with the full cluster before it is stopped. */
  interface Aftermath {
    /**
     * Told what was measured.
     *
     * @param console address of the cluster's console
     */
    void see(ApiBenchResult result, String console);
  }

  static ApiBenchResult run(int tasks, int runs, Progress progress, Aftermath aftermath) {
    PeakHeap.reset();
    List<PoolWorkload> workloads = workloads(tasks);
    try (TemporaryFolder folder = TemporaryFolder.create("windrow-bench").alsoAtEnd()) {
      workloads.stream()
          .max((a, b) -> Integer.compare(a.windows(), b.windows()))
          .orElseThrow()
          .write(folder.path());
      LocalCluster.Plan plan =
          new LocalCluster.Plan(
              folder.path(),
              false,
              List.of(folder.path()),
              1,
              1,
              LocalCluster.Ports.any(),
              // Most tasks have no predictions: to look for them over and over is not what is
              // measured.
              List.of("--windrow.worker.queues=idle", "--windrow.collector.fold-every=1h"));
      try (LocalCluster cluster = LocalCluster.start(plan);
          MongoClient client = MongoClients.create(cluster.mongodb())) {
        WindrowStore store =
            new WindrowStore(
                client, EmbeddedStore.DATABASE, StoreSettings.defaults(), Clock.systemUTC());
        return new ApiBench(cluster, store, runs, progress).run(workloads, aftermath);
      }
    }
  }

  /** The last one's tasks are few, and all of them will be done. */
  private static List<PoolWorkload> workloads(int tasks) {
    int windows = Math.max(1, Math.min(WINDOWS, tasks / 4));
    int submissions = Math.max(FEWEST_SUBMISSIONS, tasks / TASKS_OF_SUBMISSION);
    int each = Math.max(1, (tasks - windows) / submissions);
    List<PoolWorkload> workloads = new ArrayList<>();
    for (int i = 0; i < submissions; i++) {
      workloads.add(PoolWorkload.of("pool-" + i % POOLS, "experiment-" + i, each));
    }
    workloads.add(PoolWorkload.of("nightly", "nightly", windows));
    return workloads;
  }

  private ApiBenchResult run(List<PoolWorkload> workloads, Aftermath aftermath) {
    Disposable beats =
        Flux.interval(Duration.ZERO, BEAT)
            .onBackpressureDrop()
            .publishOn(Schedulers.boundedElastic())
            .subscribe(beat -> content.beat());
    try {
      List<Accepted> submissions = fill(workloads);
      awaitSettled();
      long tasks = submissions.stream().mapToLong(Accepted::tasks).sum();
      List<ApiBenchResult.Endpoint> endpoints = ask(submissions);
      ApiBenchResult result =
          new ApiBenchResult(
              tasks, GOAL_MILLIS, endpoints, listening(submissions), PeakHeap.bytes());
      aftermath.see(result, cluster.coordinator() + "/");
      return result;
    } finally {
      beats.dispose();
    }
  }

  private List<Accepted> fill(List<PoolWorkload> workloads) {
    CoordinatorClient coordinator =
        new CoordinatorClient(Endpoint.coordinator(cluster.coordinator()));
    List<Accepted> submissions = new ArrayList<>();
    for (int i = 0; i < workloads.size(); i++) {
      Accepted accepted = coordinator.submit(workloads.get(i).workflow());
      content.work(
          accepted,
          i == workloads.size() - 1
              ? ApiContent.Kind.PREDICTIONS
              : i == 0 ? ApiContent.Kind.RECORDERS : ApiContent.Kind.TASKS);
      submissions.add(accepted);
      progress.show(i + 1, workloads.size(), "submitted and worked on");
    }
    return submissions;
  }

  /** Until every result is published and collected: a cluster at rest. */
  private void awaitSettled() {
    MongoDatabase database = store.database();
    long ended =
        count(
            database,
            "tasks",
            new Document(
                "state",
                new Document("$in", List.of(TaskState.DONE.word(), TaskState.FAILED.word()))));
    Growth.await(
        "results were collected",
        () -> count(database, "collected", new Document()),
        ended,
        LOOK,
        collected -> progress.show(collected, ended, "results collected"));
  }

  private static long count(MongoDatabase database, String collection, Document filter) {
    return Objects.requireNonNull(
        Mono.from(database.getCollection(collection).countDocuments(filter)).block());
  }

  private List<ApiBenchResult.Endpoint> ask(List<Accepted> submissions) {
    List<ApiQuestion> questions =
        ApiQuestions.of(
            client,
            cluster.coordinator(),
            cluster.collector(),
            submissions.get(0),
            submissions.get(1),
            submissions.get(submissions.size() - 1));
    warmUp(questions);
    List<ApiBenchResult.Endpoint> endpoints = new ArrayList<>();
    for (ApiQuestion question : questions) {
      ApiBenchResult.Endpoint measured = measure(question);
      endpoints.add(measured);
      progress.show(
          endpoints.size(),
          questions.size(),
          BenchOutput.line("%s: %.0f ms", measured.name(), measured.p95Millis()));
    }
    return endpoints;
  }

  /** All of them, before any is measured: they have most of their code in common. */
  private void warmUp(List<ApiQuestion> questions) {
    int done = 0;
    for (ApiQuestion question : questions) {
      if (question.pause().isZero()) {
        measure(question, WARM_UP);
      }
      done++;
      progress.show(done, questions.size(), "warm-up");
    }
  }

  private ApiBenchResult.Endpoint measure(ApiQuestion question) {
    return measure(question, question.pause().isZero() ? runs : Math.max(1, runs / SELDOM));
  }

  private ApiBenchResult.Endpoint measure(ApiQuestion question, int measured) {
    double[] millis = new double[measured];
    double processor = processorSeconds();
    long bytes = 0;
    for (int i = 0; i < measured; i++) {
      LockSupport.parkNanos(question.pause().toNanos());
      long begin = System.nanoTime();
      bytes =
          question.first()
              ? client.firstEvent(question.address())
              : client.get(question.address()).body().length;
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    return ApiBenchResult.Endpoint.of(
        question.name(), millis, (processorSeconds() - processor) * 1e3 / measured, bytes);
  }

  /** While tasks change, first without and then with a listener. */
  private Listening listening(List<Accepted> submissions) {
    AtomicLong changes = new AtomicLong();
    Disposable changing = change(submissions.get(1), changes);
    try {
      Side without = side(submissions.get(0));
      long from = changes.get();
      long begin = System.nanoTime();
      try (ApiClient.Listener listener = client.listen(cluster.coordinator() + "/api/v1/events")) {
        Side with = side(submissions.get(0));
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Listening((changes.get() - from) / seconds, listener.bytes(), without, with);
      }
    } finally {
      changing.dispose();
    }
  }

  /** Pauses and resumes tasks that nobody runs, over and over. */
  private Disposable change(Accepted submission, AtomicLong changes) {
    List<String> waiting =
        store
            .pool()
            .find(
                new TaskQuery(
                    null,
                    submission.submission(),
                    Set.of(TaskState.WAITING, TaskState.QUEUED),
                    submission.tasks()))
            .map(Task::id)
            .collectList()
            .block();
    List<String> ids = Objects.requireNonNull(waiting);
    if (ids.isEmpty()) {
      throw new IllegalStateException("no task of " + submission.submission() + " waits");
    }
    return Flux.interval(CHANGE)
        .onBackpressureDrop()
        .concatMap(
            n -> {
              String id = ids.get((int) (n / 2 % ids.size()));
              return n % 2 == 0 ? store.pool().pause(id, "bench") : store.pool().resume(id);
            },
            1)
        .subscribe(changed -> changes.incrementAndGet());
  }

  private Side side(Accepted submission) {
    ApiQuestion page =
        new ApiQuestion(
            "GET /tasks?pool&limit=100",
            cluster.coordinator() + "/api/v1/tasks?limit=100&pool=" + submission.pool(),
            false,
            BETWEEN);
    double processor = processorSeconds();
    long begin = System.nanoTime();
    ApiBenchResult.Endpoint measured = measure(page, runs);
    return new Side(
        measured, (processorSeconds() - processor) / ((System.nanoTime() - begin) / 1e9));
  }

  private static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime()
        / 1e9;
  }
}
