package io.windrow.pool;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Removes what nothing refers to any more. Every sweep reads a task before it removes anything of
 * it, removes what others refer to last, and may be cut short anywhere: the next one goes on.
 */
public interface Housekeeping {

  /**
   * Artifacts of attempts that are no part of any outcome. Attempts whose failure was recorded keep
   * theirs, which may explain it, for as long as the pool wants.
   *
   * @param grace attempts that ended less long ago are left alone: a worker that has lost its claim
   *     may write until it notices
   * @return how many attempts were seen to
   */
  Mono<Long> sweepAttempts(Duration grace);

  /**
   * Stored files that no recorder owns, and parts of files without a file: what an upload or a
   * deletion that was cut short leaves behind.
   *
   * @param grace younger ones are left alone, by their writers' clocks: an upload may be under way
   * @return how many files, whole or in part
   */
  Mono<Long> sweepFiles(Duration grace);

  /**
   * What pools have kept long enough: submissions all of whose tasks ended so long ago, with those
   * of their tasks that no other submission lists.
   *
   * @return how many tasks
   */
  Mono<Long> retire();
}
