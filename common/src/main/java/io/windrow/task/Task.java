package io.windrow.task;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  // ---- stages

  /** The stage it is in; of a {@code part_done} task the one that has ended. */
  public Stage stage() {
    return asked.stages().get(number());
  }

  /** Whether no stage follows the one it is in. */
  public boolean inLastStage() {
    return number() == asked.stages().size() - 1;
  }

  private int number() {
    int ended = earlier().size() - (state == TaskState.PART_DONE ? 1 : 0);
    return Math.min(ended, asked.stages().size() - 1);
  }

  /** What an attempt at it runs: the definition of its stage. */
  public Map<String, Object> work() {
    return stage().definition(asked.definition());
  }

  /**
   * Where it stands while nobody runs it: a task without further stages of which a client has done
   * a part by hand is {@code part_done} until a client does the rest.
   */
  public TaskState resting() {
    return asked.stages().size() == 1 && !earlier().isEmpty()
        ? TaskState.PART_DONE
        : TaskState.WAITING;
  }

  /** What came of a claim, if that ended the task or a stage of it; else null. */
  public @Nullable TaskResult resultOf(String claim) {
    return Stream.concat(earlier().stream(), Stream.ofNullable(result()))
        .filter(each -> each.claim().equals(claim))
        .findFirst()
        .orElse(null);
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

  /** What the stages that have ended came to, in their order. */
  public List<TaskResult> earlier() {
    return progress.earlier();
  }

  public @Nullable TaskResult result() {
    return progress.result();
  }
}
