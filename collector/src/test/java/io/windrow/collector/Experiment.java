package io.windrow.collector;

import io.windrow.experiment.ArtifactStore;
import io.windrow.message.TaskFinished;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.ScoreTable;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * A submission of windows that overlap by one day, and the coordinator's and the worker's part in
 * it, played by the test through the real stores.
 */
final class Experiment {
  static final int DAYS = 5;
  static final int STOCKS = 12;
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 6);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TaskPool pool;
  private final ArtifactStore artifacts;
  final Submission submission;
  final List<NewTask> tasks = new ArrayList<>();

  /** Submits {@code windows} windows; they are waiting then. */
  Experiment(ApplicationContext stores, String name, int windows) {
    this(stores, name, windows, Map.of("record", List.of(Map.of("class", "SignalRecord"))));
  }

  /**
   * Submits windows whose definitions have more to them than model and dataset.
   *
   * @param more their records, for example
   */
  Experiment(ApplicationContext stores, String name, int windows, Map<String, Object> more) {
    pool = stores.getBean(TaskPool.class);
    artifacts = stores.getBean(ArtifactStore.class);
    for (int w = 0; w < windows; w++) {
      tasks.add(
          new NewTask(
              "pool",
              name,
              "submission-" + name,
              w,
              0,
              definition(w, more),
              null,
              List.of(),
              List.of(Stage.only("default", Terms.DEFAULT))));
    }
    submission =
        new Submission(
            "submission-" + name,
            "pool",
            name,
            "default",
            "task: ...",
            FIRST.plusYears(1),
            tasks.stream().map(NewTask::id).toList(),
            Map.of(),
            Submission.State.INSERTING,
            Instant.now());
    SubmissionStore submissions = stores.getBean(SubmissionStore.class);
    Submission begun = Objects.requireNonNull(submissions.begin(submission).block(PATIENCE));
    pool.insert(tasks).block(PATIENCE);
    submissions.inserted(begun).block(PATIENCE);
  }

  String id() {
    return submission.id();
  }

  /** Does the window as a worker would: artifacts, then commit. Returns what it would publish. */
  TaskFinished finish(int window) {
    Claim claim = claim(window);
    put(claim, "pred.arrow", new ScoreTable("score", predictions(window)));
    put(claim, "label.arrow", new ScoreTable("LABEL0", labels(window)));
    Map<String, Double> metrics = Map.of("IC", 0.01 * window, "best_iteration", 10.0 + window);
    return commit(claim, new Outcome.Succeeded(metrics), claim.recorderId(), metrics);
  }

  /** Lets the window fail for good. */
  TaskFinished fail(int window, String message) {
    return commit(
        claim(window),
        new Outcome.Failed(FailureKind.FATAL, "DataException", message, ""),
        null,
        Map.of());
  }

  /** Deletes what the finished windows left in the artifact store. */
  void forgetArtifacts() {
    for (NewTask task : tasks) {
      TaskResult result = Objects.requireNonNull(pool.find(task.id()).block(PATIENCE)).result();
      if (result != null) {
        artifacts.delete(result.recorder()).block(PATIENCE);
      }
    }
  }

  LocalDate first(int window) {
    return FIRST.plusDays((long) (DAYS - 1) * window);
  }

  LocalDate last(int window) {
    return first(window).plusDays(DAYS - 1);
  }

  ScoreSeries predictions(int window) {
    return series(window, new Random(100 + window));
  }

  ScoreSeries labels(int window) {
    return series(window, new Random(200 + window));
  }

  /** What the windows come to: the later one has the day two of them share. */
  ScoreSeries rolled(int... windows) {
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (int i = 0; i < windows.length; i++) {
      ScoreSeries one = predictions(windows[i]);
      boolean shared = i + 1 < windows.length && windows[i + 1] == windows[i] + 1;
      rows.addAll(shared ? one.between(first(windows[i]), last(windows[i]).minusDays(1)) : one);
    }
    return rows.build();
  }

  private ScoreSeries series(int window, Random random) {
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (int day = 0; day < DAYS; day++) {
      for (int stock = 0; stock < STOCKS; stock++) {
        rows.add(first(window).plusDays(day), "S%02d".formatted(stock), random.nextGaussian());
      }
    }
    return rows.build();
  }

  private Map<String, Object> definition(int window, Map<String, Object> more) {
    Map<String, Object> definition = new HashMap<>(more);
    definition.put("model", Map.of("class", "LGBModel", "module_path", "qlib.contrib.model.gbdt"));
    definition.put(
        "dataset",
        Map.of(
            "kwargs",
            Map.of(
                "segments",
                Map.of(
                    "train", List.of("2018-01-01", "2018-12-31"),
                    "valid", List.of("2019-01-01", "2019-12-31"),
                    "test", List.of(first(window).toString(), last(window).toString())))));
    return definition;
  }

  private Claim claim(int window) {
    String id = tasks.get(window).id();
    Task waiting = Objects.requireNonNull(pool.find(id).block(PATIENCE));
    List<Task> queued = Objects.requireNonNull(pool.enqueue(List.of(waiting)).block(PATIENCE));
    ClaimResult result =
        Objects.requireNonNull(
            pool.claim(id, queued.get(0).version(), "worker-" + window).block(PATIENCE));
    if (result instanceof ClaimResult.Claimed claimed) {
      return claimed.claim();
    }
    throw new IllegalStateException("not claimed: " + result);
  }

  private void put(Claim claim, String path, ScoreTable table) {
    artifacts.put(claim.recorderId(), path, ArrowTables.write(table)).block(PATIENCE);
  }

  private TaskFinished commit(
      Claim claim, Outcome outcome, @Nullable String recorder, Map<String, Double> metrics) {
    CommitResult result = Objects.requireNonNull(pool.commit(claim, outcome).block(PATIENCE));
    if (result instanceof CommitResult.Committed committed) {
      TaskState state = committed.state();
      return new TaskFinished(
          1,
          claim.task().id(),
          committed.version(),
          state,
          claim.task().pool(),
          claim.task().experiment(),
          claim.task().submission(),
          recorder,
          metrics);
    }
    throw new IllegalStateException("not committed: " + result);
  }
}
