package io.windrow.web.problem;

import java.util.Collection;

/** Finds the known name that a misspelt one was probably meant to be. */
@FunctionalInterface
public interface SpellingHint {

  /**
   * As in {@code " (did you mean 'limit'?)"}; empty if nothing is near.
   *
   * @param name what was given
   * @param known what there is
   */
  String of(String name, Collection<String> known);
}
