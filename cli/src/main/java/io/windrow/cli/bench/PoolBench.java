package io.windrow.cli.bench;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.coordinator.submit.Receipt;
import io.windrow.coordinator.submit.SubmissionService;
import io.windrow.coordinator.workflow.WorkflowParser;
import io.windrow.coordinator.workflow.WorkflowSource;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.pool.TaskFilter;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskOrder;
import io.windrow.pool.TaskPage;
import io.windrow.pool.TaskSelection;
import io.windrow.quant.data.DataRoots;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * Measures a pool of many tasks: the coordinator's own way of taking a workflow in, and the
 * questions that people ask, on the embedded server in memory, over its socket.
 */
public final class PoolBench {
  private static final String POOL = "bench";
  private static final String FILTER = "model.class=LGBModel, segments.test>=2018";
  private static final String RARE = "model.kwargs.learning_rate=0.0001, segments.test=2017-03";
  private static final String NONE = "model.class=LinearModel";
  private static final int PAGE = 50;

  /** Queries are short: so many are run for each submission. */
  private static final int QUERIES = 10;

  private final PoolWorkload workload;
  private final Progress progress;
  private final int steps;
  private int step;

  private PoolBench(PoolWorkload workload, Progress progress, int steps) {
    this.workload = workload;
    this.progress = progress;
    this.steps = steps;
  }

  /**
   * Measures.
   *
   * @param tasks at least so many tasks in a pool
   * @param iterations how many submissions are measured, each into an empty store
   * @param progress told what was measured
   */
  public static PoolBenchResult run(int tasks, int iterations, Progress progress) {
    return new PoolBench(PoolWorkload.of(POOL, POOL, tasks), progress, iterations + 7)
        .run(iterations);
  }

  private PoolBenchResult run(int iterations) {
    PeakHeap.reset();
    try (TemporaryFolder folder = TemporaryFolder.create("windrow-bench").alsoAtEnd()) {
      workload.write(folder.path());
      List<Double> submissions = new ArrayList<>();
      Map<String, Timing> queries = new LinkedHashMap<>();
      for (int i = 1; i <= iterations; i++) {
        // A store of its own each time: what the one before held is garbage.
        try (EmbeddedStore server = EmbeddedStore.inMemory();
            MongoClient client = MongoClients.create(server.uri())) {
          WindrowStore store =
              new WindrowStore(
                  client, EmbeddedStore.DATABASE, StoreSettings.defaults(), Clock.systemUTC());
          store.createIndexes().block();
          submissions.add(submit(store, new DataRoots(List.of(folder.path()))));
          if (i == iterations) {
            ask(store, iterations * QUERIES, queries);
          }
        }
      }
      Timing submission = Timing.of(submissions);
      return new PoolBenchResult(
          workload.tasks(),
          submission,
          workload.tasks() / submission.secondsMean(),
          queries,
          PeakHeap.bytes());
    }
  }

  private double submit(WindrowStore store, DataRoots roots) {
    SubmissionService service =
        new SubmissionService(
            new WorkflowParser(roots),
            store.submissions(),
            store.pool(),
            store.recorders(),
            store.artifacts(),
            workload.tasks(),
            Clock.systemUTC(),
            receipt -> {});
    WorkflowSource source = WorkflowSource.of(workload.workflow());
    double seconds =
        Timing.seconds(
            () -> {
              Receipt receipt = Objects.requireNonNull(service.submit(source).block());
              check("tasks inserted", workload.tasks(), receipt.inserted());
            });
    show("submission of %,d tasks: %.1f s".formatted(workload.tasks(), seconds));
    return seconds;
  }

  private void ask(WindrowStore store, int runs, Map<String, Timing> queries) {
    TaskManager manager = store.manager();
    TaskSelection all = TaskSelection.ofPool(POOL);
    TaskSelection filtered = selection(FILTER);
    String middle = middle(manager, filtered);
    measure(queries, "task_stat", runs, manager.stat(all));
    measure(queries, "pools", runs, store.pool().stat());
    measure(queries, "page, first", runs, page(manager, filtered, ""));
    measure(queries, "page, from the middle", runs, page(manager, filtered, middle));
    measure(queries, "page, few match", runs, page(manager, selection(RARE), ""));
    measure(queries, "page, none matches", runs, page(manager, selection(NONE), ""));
    measure(queries, "task_stat, filtered", runs, manager.stat(filtered));
  }

  private void measure(Map<String, Timing> queries, String name, int runs, Mono<?> question) {
    Timing timing = Timing.of(QUERIES, runs, question::block);
    queries.put(name, timing);
    show("%s: %.1f ms".formatted(name, timing.secondsMean() * 1000));
  }

  /** Where a page in the middle of the filtered tasks begins. */
  private String middle(TaskManager manager, TaskSelection filtered) {
    long count =
        Objects.requireNonNull(manager.stat(filtered).block()).values().stream()
            .mapToLong(each -> each)
            .sum();
    String after = "";
    for (long passed = 0; passed < count / 2; passed += PAGE * 20) {
      TaskPage page =
          Objects.requireNonNull(manager.query(filtered, TaskOrder.SEQ, after, PAGE * 20).block());
      after = page.next() == null ? after : page.next();
    }
    return after;
  }

  private static Mono<TaskPage> page(TaskManager manager, TaskSelection selection, String after) {
    return manager.query(selection, TaskOrder.SEQ, after, PAGE);
  }

  private static TaskSelection selection(String filter) {
    return new TaskSelection(POOL, TaskFilter.parse(filter), null);
  }

  private static void check(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException("%s: %d, not %d".formatted(what, found, expected));
    }
  }

  private void show(String detail) {
    step++;
    progress.show(step, steps, detail);
  }
}
