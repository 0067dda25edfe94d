package io.windrow.cli.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run: what was asked, what was done to the cluster, what was seen.
 *
 * @param submitted how many tasks were accepted, numbered from 0
 * @param faults what happened, in order
 * @param seen each task's outcome when it was first seen, and again whenever it was another one
 * @param tasks the tasks at the end
 * @param published what the results topic holds
 * @param collected what the collector holds
 * @param collections what the collector answers when it is asked
 * @param recorders what the attempts left
 */
record History(
    int submitted,
    List<Fault> faults,
    List<Seen> seen,
    List<Ran> tasks,
    List<Told> published,
    List<Told> collected,
    List<Answer> collections,
    List<Left> recorders) {

  History {
    faults = List.copyOf(faults);
    seen = List.copyOf(seen);
    tasks = List.copyOf(tasks);
    published = List.copyOf(published);
    collected = List.copyOf(collected);
    collections = List.copyOf(collections);
    recorders = List.copyOf(recorders);
  }

  /**
   * How a task stands.
   *
   * @param state {@code done} and the like
   * @param version under which it came to stand so
   * @param recorder of the attempt that owns the result, or null
   */
  record End(String state, long version, @Nullable String recorder) {
    boolean terminal() {
      return state.equals("done") || state.equals("failed") || state.equals("cancelled");
    }

    boolean done() {
      return state.equals("done");
    }
  }

  /** An outcome and when it was seen. */
  record Seen(String task, Instant at, End end) {}

  /** An outcome and who was told. */
  record Told(String task, End end) {}

  /**
   * A submission, as the collector answers.
   *
   * @param submission its id
   * @param collected how many of its windows are collected
   * @param missing how many have no outcome
   */
  record Answer(String submission, int collected, int missing) {}

  /**
   * A task.
   *
   * @param id its id
   * @param wish what was asked of it
   * @param mostAttempts its limit
   * @param end how it stands
   * @param tries its history, in order
   */
  record Ran(String id, Wish wish, int mostAttempts, End end, List<Try> tries) {
    Ran {
      tries = List.copyOf(tries);
    }

    /** Attempts that count against the limit. */
    long charged() {
      return tries.stream().filter(Try::charged).count();
    }
  }

  /**
   * An attempt that has ended.
   *
   * @param attempt its number
   * @param worker who ran it
   * @param from when it was claimed
   * @param to when its end was recorded
   * @param outcome the history's word
   * @param error class of the error, or null
   */
  record Try(
      int attempt,
      String worker,
      Instant from,
      Instant to,
      String outcome,
      @Nullable String error) {
    boolean charged() {
      return !outcome.equals("handed_back") && !outcome.equals("cancelled");
    }

    /** Whether it ended the task. */
    boolean last() {
      return outcome.equals("done") || outcome.equals("failed");
    }
  }

  /**
   * What an attempt left.
   *
   * @param recorder its id
   * @param task the task's id
   * @param status the recorder's
   * @param artifacts lengths by path
   * @param attempt which attempt the artifact {@code noop.txt} is of; null without
   * @param version which claim the artifact {@code task.json} is of; null without
   */
  record Left(
      String recorder,
      String task,
      String status,
      Map<String, Long> artifacts,
      @Nullable Integer attempt,
      @Nullable Long version) {
    Left {
      artifacts = Map.copyOf(artifacts);
    }
  }

  /** The tasks by id. */
  Map<String, Ran> byId() {
    return tasks.stream().collect(Collectors.toMap(Ran::id, Function.identity()));
  }
}
