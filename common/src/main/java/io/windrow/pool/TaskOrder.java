package io.windrow.pool;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By what a list of tasks is sorted; among equals the id decides. */
public enum TaskOrder {
  SEQ("seq", true),
  SEQ_DOWN("-seq", false),
  PRIORITY("priority", true),
  PRIORITY_DOWN("-priority", false),
  CREATED("createdAt", true),
  CREATED_DOWN("-createdAt", false),
  UPDATED("updatedAt", true),
  UPDATED_DOWN("-updatedAt", false),
  ID("id", true),
  ID_DOWN("-id", false);

  private final String word;
  private final boolean ascending;

  TaskOrder(String word, boolean ascending) {
    this.word = word;
    this.ascending = ascending;
  }

  /** As a request writes it: the field, with a minus for the greatest first. */
  public String word() {
    return word;
  }

  /** Whether the least comes first. */
  public boolean ascending() {
    return ascending;
  }

  /** The field. */
  public String field() {
    return ascending ? word : word.substring(1);
  }

  /** The order of that word. */
  public static Optional<TaskOrder> ofWord(String word) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(order -> order.word.toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }
}
