package io.windrow.coordinator.logs;

import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Recorder;
import io.windrow.store.WindrowStore;
import io.windrow.task.Attempt;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the logs of attempts: what a command printed is an artifact of the attempt's recorder; of
 * others there is what was recorded when they failed.
 */
public final class AttemptLogs {
  /** Most of a log that is shown, its end. */
  static final int MOST = 1 << 20;

  private static final String PRINTED = "process.log";

  private final Function<String, Flux<Recorder>> recorders;
  private final ArtifactStore artifacts;

  /** Reads from this store. */
  public AttemptLogs(WindrowStore store) {
    this(store::recordersOf, store.artifacts());
  }

  AttemptLogs(Function<String, Flux<Recorder>> recorders, ArtifactStore artifacts) {
    this.recorders = recorders;
    this.artifacts = artifacts;
  }

  /**
   * The log of an attempt; empty if there was none of that number.
   *
   * @param number of the attempt, or null for the one that runs or ended last
   */
  public Mono<AttemptLog> find(Task task, @Nullable Integer number) {
    boolean running = task.state() == TaskState.RUNNING;
    if (running && (number == null || number == task.attempt())) {
      return running(task);
    }
    return task.history().stream()
        .filter(each -> number == null || each.attempt() == number)
        .reduce((earlier, later) -> later)
        .map(ended -> ended(task, ended))
        .orElseGet(Mono::empty);
  }

  /**
   * The log of the attempt at a place of the history; empty if there is none.
   *
   * @param entry from 0; the one that runs comes after all that have ended
   */
  public Mono<AttemptLog> at(Task task, int entry) {
    List<Attempt> history = task.history();
    if (entry >= 0 && entry < history.size()) {
      return ended(task, history.get(entry));
    }
    return entry == history.size() && task.state() == TaskState.RUNNING
        ? running(task)
        : Mono.empty();
  }

  private Mono<AttemptLog> running(Task task) {
    String worker = task.lease() == null ? null : task.lease().worker();
    return printed(task, recorder -> recorder.version() == task.version())
        .map(text -> log(task, task.attempt(), worker, null, "command", text))
        .defaultIfEmpty(log(task, task.attempt(), worker, null, "none", ""));
  }

  private Mono<AttemptLog> ended(Task task, Attempt ended) {
    String said =
        Stream.of(ended.message(), ended.logTail())
            .filter(text -> text != null && !text.isBlank())
            .reduce("", (a, b) -> a.isEmpty() ? b : a + "\n" + b);
    return printed(task, recorder -> isOf(recorder, ended))
        .map(text -> log(task, ended.attempt(), ended.worker(), ended.outcome(), "command", text))
        .defaultIfEmpty(
            log(
                task,
                ended.attempt(),
                ended.worker(),
                ended.outcome(),
                said.isEmpty() ? "none" : "history",
                said));
  }

  /** A recorder does not know its attempt's number; both know the time, by the store's clock. */
  private static boolean isOf(Recorder recorder, Attempt attempt) {
    return !recorder.startedAt().isBefore(attempt.startedAt())
        && !recorder.startedAt().isAfter(attempt.endedAt());
  }

  private Mono<String> printed(Task task, Predicate<Recorder> of) {
    return recorders
        .apply(task.id())
        .filter(of)
        .sort(Comparator.comparing(Recorder::startedAt).reversed())
        .next()
        .flatMap(recorder -> artifacts.get(recorder.id(), PRINTED))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static AttemptLog log(
      Task task,
      int attempt,
      @Nullable String worker,
      @Nullable String outcome,
      String source,
      String text) {
    boolean cut = text.length() > MOST;
    return new AttemptLog(
        task.id(),
        attempt,
        worker,
        outcome,
        source,
        cut,
        cut ? text.substring(text.length() - MOST) : text);
  }
}
