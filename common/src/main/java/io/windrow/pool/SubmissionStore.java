package io.windrow.pool;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The submissions. */
public interface SubmissionStore {

  /**
   * Stores a submission as {@link Submission.State#INSERTING}, unless it is there already: then
   * only its {@code collect} section and its source are brought up to date, since they do not
   * change the tasks.
   *
   * @return the submission as stored, maybe an older one that is inserted already
   */
  Mono<Submission> begin(Submission submission);

  Mono<Void> inserted(String id);

  Mono<Submission> find(String id);

  /** Up to three ids that begin as this one does. */
  Flux<String> idsLike(String id);

  /** Newest first. */
  Flux<Submission> list(int limit);

  /** Submissions whose coordinator seems to have died before all tasks were inserted. */
  Flux<Submission> unfinished(Duration olderThan);
}
