package io.windrow.worker;

import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Metric;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.RecorderStore;
import io.windrow.message.TaskFinished;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.TaskPool;
import io.windrow.task.FailureKind;
import io.windrow.task.Lease;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Progress;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import io.windrow.worker.commit.ResultPublisher;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One task and its recorders in memory, with a journal of every write and a script of failures. It
 * keeps the rules that matter here: a write with another version than the task's matches nothing,
 * and a claim's commit that is asked for again gets the same answer.
 */
public final class ScriptedStore implements RecorderStore, ArtifactStore, ResultPublisher {
  /** What was written, in order. */
  public final List<String> journal = Collections.synchronizedList(new ArrayList<>());

  public final Map<String, Recorder.Status> statuses = new ConcurrentHashMap<>();
  public final Map<String, Map<String, byte[]>> artifacts = new ConcurrentHashMap<>();
  public final Map<String, Double> metrics = new ConcurrentSkipListMap<>();
  public final List<TaskFinished> published = new CopyOnWriteArrayList<>();
  public boolean marked;
  private final Map<String, CommitResult> recorded = new ConcurrentHashMap<>();
  private Task task;
  private String failure = "";
  private Predicate<String> fails = step -> false;
  private Predicate<String> losesReply = step -> false;

  public ScriptedStore(Task task) {
    this.task = task;
  }

  /** A task running under version 7. */
  public static Task running(Map<String, Object> definition) {
    return running("0123456789abcdef0123456789abcdef", definition);
  }

  /** A task running under version 7. */
  public static Task running(String id, Map<String, Object> definition) {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    NewTask asked =
        new NewTask(
            "pool",
            "experiment",
            "submission",
            0,
            0,
            definition,
            null,
            List.of(),
            List.of(Stage.only("default", Terms.DEFAULT)));
    Lease lease = new Lease("w1", "token", 0, now);
    Progress progress = new Progress(1, now, false, false, lease, List.of(), List.of(), null);
    return new Task(id, asked, TaskState.RUNNING, 7, progress, null, now, now);
  }

  public Claim claim() {
    return new Claim(task, "token");
  }

  public Task task() {
    return task;
  }

  /** Gives the task other terms. */
  public void terms(Terms terms) {
    NewTask asked = task.asked();
    task =
        new Task(
            task.id(),
            new NewTask(
                asked.pool(),
                asked.experiment(),
                asked.submission(),
                asked.seq(),
                asked.priority(),
                asked.definition(),
                asked.calendarEnd(),
                asked.dependsOn(),
                List.of(Stage.only("default", terms))),
            task.state(),
            task.version(),
            task.progress(),
            task.supersededBy(),
            task.createdAt(),
            task.updatedAt());
  }

  /** What the last failed attempt said; empty if none failed. */
  public String failure() {
    return failure;
  }

  /** Steps for which this holds fail without effect. */
  public ScriptedStore failing(Predicate<String> steps) {
    fails = steps;
    return this;
  }

  /** Steps for which this holds take effect, but the caller sees an error. */
  public ScriptedStore losingReplies(Predicate<String> steps) {
    losesReply = steps;
    return this;
  }

  /** Somebody else moves the task on. */
  public void moveOn(TaskState state) {
    task = with(state, task.version() + 1, null);
  }

  /** The pool side; operations a worker never calls are not there. */
  public TaskPool pool() {
    return (TaskPool)
        Proxy.newProxyInstance(
            TaskPool.class.getClassLoader(),
            new Class<?>[] {TaskPool.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "find" -> step("find", () -> task);
                  case "claim" -> step("claim", () -> claim((long) args[1]));
                  case "heartbeat" ->
                      step(
                          "beat",
                          () ->
                              ((Collection<?>) args[0])
                                  .stream()
                                      .map(Claim.class::cast)
                                      .filter(each -> each.version() != task.version())
                                      .map(Claim::token)
                                      .collect(Collectors.toSet()));
                  case "commit" -> step("commit", () -> commit((Claim) args[0], (Outcome) args[1]));
                  case "markPublished" ->
                      step(
                          "mark",
                          () -> {
                            marked = (long) args[1] == task.version();
                            return null;
                          });
                  default -> throw new UnsupportedOperationException(method.toString());
                });
  }

  private ClaimResult claim(long version) {
    return version == task.version() ? new ClaimResult.Claimed(claim()) : new ClaimResult.Stale();
  }

  private CommitResult commit(Claim claim, Outcome outcome) {
    if (claim.version() != task.version()) {
      return recorded.getOrDefault(claim.token(), new CommitResult.Fenced());
    }
    if (outcome instanceof Outcome.Failed failed) {
      failure = failed.message();
    }
    if (outcome instanceof Outcome.Succeeded done) {
      task =
          with(
              TaskState.DONE,
              task.version() + 1,
              new TaskResult(claim.recorderId(), claim.token(), done.metrics()));
    } else if (outcome instanceof Outcome.Failed failed && failed.kind() == FailureKind.FATAL) {
      task = with(TaskState.FAILED, task.version() + 1, null);
    } else {
      task = with(TaskState.WAITING, task.version() + 1, null);
    }
    CommitResult result = new CommitResult.Committed(task.state(), task.version());
    recorded.put(claim.token(), result);
    return result;
  }

  private Task with(TaskState state, long version, @Nullable TaskResult result) {
    Progress was = task.progress();
    return new Task(
        task.id(),
        task.asked(),
        state,
        version,
        new Progress(
            was.attempt(),
            was.notBefore(),
            was.paused(),
            was.blocked(),
            was.lease(),
            was.history(),
            was.earlier(),
            result),
        task.supersededBy(),
        task.createdAt(),
        task.updatedAt());
  }

  @Override
  public Mono<Void> begin(Recorder recorder, List<Metric> values) {
    return step(
        "begin",
        () -> {
          statuses.putIfAbsent(recorder.id(), recorder.status());
          values.forEach(each -> metrics.put(each.name(), each.value()));
          return null;
        });
  }

  @Override
  public Mono<Void> params(String id, Map<String, String> params) {
    return step("params", () -> null);
  }

  @Override
  public Mono<Void> tags(String id, Map<String, String> tags) {
    return step("tags", () -> null);
  }

  @Override
  public Mono<Void> metrics(String id, List<Metric> values) {
    return step(
        "metrics",
        () -> {
          values.forEach(each -> metrics.put(each.name(), each.value()));
          return null;
        });
  }

  @Override
  public Mono<Void> finish(String id, Recorder.Status status) {
    return step(
        "finish",
        () -> {
          statuses.put(id, status);
          return null;
        });
  }

  @Override
  public Mono<Recorder> find(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Flux<Recorder> list(String experiment, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Flux<Metric> history(String id, String metric) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Mono<Artifact> put(String recorder, String path, byte[] bytes) {
    return step(
        "put " + path,
        () -> {
          artifacts.computeIfAbsent(recorder, id -> new ConcurrentHashMap<>()).put(path, bytes);
          return new Artifact(recorder, path, bytes.length);
        });
  }

  @Override
  public Mono<byte[]> get(String recorder, String path) {
    return step("get " + path, () -> artifacts.getOrDefault(recorder, Map.of()).get(path));
  }

  @Override
  public Flux<Artifact> list(String recorder) {
    return step("list", () -> artifacts.getOrDefault(recorder, Map.of()))
        .flatMapIterable(Map::entrySet)
        .map(each -> new Artifact(recorder, each.getKey(), each.getValue().length));
  }

  @Override
  public Mono<Void> delete(String recorder) {
    return step(
        "delete",
        () -> {
          artifacts.remove(recorder);
          return null;
        });
  }

  @Override
  public Mono<Void> publish(TaskFinished finished) {
    return step(
        "publish",
        () -> {
          published.add(finished);
          return null;
        });
  }

  private <T> Mono<T> step(String name, Supplier<T> effect) {
    return Mono.defer(
        () -> {
          if (fails.test(name)) {
            return Mono.error(new IllegalStateException("the store is away at " + name));
          }
          T answer = effect.get();
          journal.add(name);
          return losesReply.test(name)
              ? Mono.error(new IllegalStateException("reply lost at " + name))
              : Mono.justOrEmpty(answer);
        });
  }
}
