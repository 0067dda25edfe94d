package io.windrow.task;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as the pool holds it. Immutable: a transition makes a new document under a new version.
 *
 * @param id content hash, see {@link TaskId}
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param queue name of the queue
 * @param priority higher first
 * @param seq position in its submission
 * @param definition Qlib's task dict as plain JSON, with {@code qlib_init}
 * @param calendarEnd last calendar day of an open-ended task, else null
 * @param state where it stands
 * @param version the fencing token: changes with every transition, never issued twice
 * @param attempt attempts charged so far
 * @param maxAttempts how many there may be
 * @param notBefore it may not be announced before
 * @param lease who runs it, or null
 * @param submission the first submission that asked for it
 * @param history one entry per ended attempt
 * @param result summary of the finished task, or null
 * @param supersededBy id of the task that replaces it on a longer calendar, or null
 * @param createdAt when it was inserted
 * @param updatedAt when it last changed state
 * @param terms how it is tried again and how long it may take
 * @param paused it waits until somebody resumes it
 * @param blocked it waits for what it depends on
 */
public record Task(
    String id,
    String pool,
    String experiment,
    String queue,
    int priority,
    long seq,
    Map<String, Object> definition,
    @Nullable LocalDate calendarEnd,
    TaskState state,
    long version,
    int attempt,
    int maxAttempts,
    Instant notBefore,
    @Nullable Lease lease,
    String submission,
    List<Attempt> history,
    @Nullable TaskResult result,
    @Nullable String supersededBy,
    Instant createdAt,
    Instant updatedAt,
    Terms terms,
    boolean paused,
    boolean blocked) {

  public Task {
    definition = CanonicalJson.copy(definition);
    history = List.copyOf(history);
  }

  /** A task on ordinary terms. */
  public Task(
      String id,
      String pool,
      String experiment,
      String queue,
      int priority,
      long seq,
      Map<String, Object> definition,
      @Nullable LocalDate calendarEnd,
      TaskState state,
      long version,
      int attempt,
      int maxAttempts,
      Instant notBefore,
      @Nullable Lease lease,
      String submission,
      List<Attempt> history,
      @Nullable TaskResult result,
      @Nullable String supersededBy,
      Instant createdAt,
      Instant updatedAt) {
    this(
        id,
        pool,
        experiment,
        queue,
        priority,
        seq,
        definition,
        calendarEnd,
        state,
        version,
        attempt,
        maxAttempts,
        notBefore,
        lease,
        submission,
        history,
        result,
        supersededBy,
        createdAt,
        updatedAt,
        Terms.DEFAULT,
        false,
        false);
  }

  /** The same task after a transition that changes nothing else. */
  public Task moved(TaskState to, long newVersion, Instant now) {
    return new Task(
        id,
        pool,
        experiment,
        queue,
        priority,
        seq,
        definition,
        calendarEnd,
        to,
        newVersion,
        attempt,
        maxAttempts,
        notBefore,
        lease,
        submission,
        history,
        result,
        supersededBy,
        createdAt,
        now,
        terms,
        paused,
        blocked);
  }
}
