package io.windrow.pool;

import reactor.core.publisher.Flux;

/**
 * What changed lately, for those who watch. A version is at least the time of its change, in
 * microseconds.
 */
@FunctionalInterface
public interface TaskChanges {

  /**
   * Tasks with a greater version, those with the least first.
   *
   * @param version a change may become visible after one with a greater version: ask from a little
   *     earlier again
   * @param limit at most so many
   */
  Flux<TaskChange> after(long version, int limit);
}
