package io.windrow.task;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How far from its worker a task runs. */
public enum Isolation {
  /** Inside of the worker, sharing its memory and its features. */
  NONE,
  /** In a process of its own: what kills that costs one attempt, and the worker lives. */
  PROCESS;

  /** As it is written in a workflow. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All words, the usual one first. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Isolation::word).toList();
  }

  /**
   * The value of that word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Isolation ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
