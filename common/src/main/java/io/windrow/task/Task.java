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
 * @param asked what was asked for, at the task's present priority; the submission is the first one
 *     that asked
 * @param state where it stands
 * @param version the fencing token: changes with every transition, never issued twice
 * @param progress how far it has come
 * @param supersededBy id of the task that replaces it, on a longer calendar for example, or null
 * @param createdAt when it was inserted
 * @param updatedAt when it last changed state
 */
public record Task(
    String id,
    NewTask asked,
    TaskState state,
    long version,
    Progress progress,
    @Nullable String supersededBy,
    Instant createdAt,
    Instant updatedAt) {

  /** The same task after a transition that changes nothing else. */
  public Task moved(TaskState to, long newVersion, Instant now) {
    return new Task(id, asked, to, newVersion, progress, supersededBy, createdAt, now);
  }

  /** The stage it is in. */
  public Stage stage() {
    return asked.stages().get(0);
  }

  // ---- what was asked for

  public String pool() {
    return asked.pool();
  }

  public String experiment() {
    return asked.experiment();
  }

  public String submission() {
    return asked.submission();
  }

  public long seq() {
    return asked.seq();
  }

  public int priority() {
    return asked.priority();
  }

  /** The definition of the task as a whole. */
  public Map<String, Object> definition() {
    return asked.definition();
  }

  public @Nullable LocalDate calendarEnd() {
    return asked.calendarEnd();
  }

  public List<Dependency> dependsOn() {
    return asked.dependsOn();
  }

  /** The queue of its stage. */
  public String queue() {
    return stage().queue();
  }

  /** The terms of its stage. */
  public Terms terms() {
    return stage().terms();
  }

  // ---- how far it has come

  public int attempt() {
    return progress.attempt();
  }

  public Instant notBefore() {
    return progress.notBefore();
  }

  public boolean paused() {
    return progress.paused();
  }

  public boolean blocked() {
    return progress.blocked();
  }

  public @Nullable Lease lease() {
    return progress.lease();
  }

  public List<Attempt> history() {
    return progress.history();
  }

  public @Nullable TaskResult result() {
    return progress.result();
  }
}
