package io.windrow.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The submissions. */
public interface SubmissionStore {

  /**
   * Stores a submission as {@link Submission.State#INSERTING}. If it is there already only what
   * does not change its tasks is brought up to date (times, source, {@code collect} section); and
   * it is inserting again unless all of its tasks are there.
   *
   * @return the submission as stored
   */
  Mono<Submission> begin(Submission submission);

  /**
   * Marks a submission as inserted, unless it was begun again meanwhile: then that is up to who did
   * so.
   *
   * @param begun as {@link #begin} or {@link #unfinished} gave it
   */
  Mono<Void> inserted(Submission begun);

  Mono<Submission> find(String id);

  /** Up to three ids that begin as this one does. */
  Flux<String> idsLike(String id);

  /**
   * A place in the list: the submission a page ends with.
   *
   * @param createdAt when it was accepted
   * @param id its id
   */
  record Place(Instant createdAt, String id) {

    /** The place of a submission. */
    public static Place of(Submission.Summary submission) {
      return new Place(submission.createdAt(), submission.id());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it was not this
     */
    public static Place parse(String text) {
      int dash = text.indexOf('-');
      try {
        return new Place(
            Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, dash)))),
            text.substring(dash + 1));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "cursor must be what the page before gave, not '" + text + "'", e);
      }
    }

    /** As text that fits into an address. */
    public String text() {
      return createdAt.toEpochMilli() + "-" + id;
    }
  }

  /** Newest first. */
  Flux<Submission> list(int limit);

  /**
   * The same without what may be large.
   *
   * @param after only what comes after it in the list, or null
   */
  Flux<Submission.Summary> summaries(@Nullable Place after, int limit);

  /** The pools that anything was submitted to, the latest first. */
  Mono<List<String>> pools();

  /** Submissions whose coordinator seems to have died before all tasks were inserted. */
  Flux<Submission> unfinished(Duration olderThan);
}
