package io.windrow.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on tasks, all of which must hold. Read from a small language: {@code
 * model.class=LGBModel, segments.test>=2018 and metrics.IC>0.02}.
 *
 * @param conditions none for all tasks
 */
public record TaskFilter(List<Condition> conditions) {

  /** Every task. */
  public static final TaskFilter ALL = new TaskFilter(List.of());

  public TaskFilter {
    conditions = List.copyOf(conditions);
  }

  /** How a field is compared. */
  public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    CONTAINS("~"),
    IN("in");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** As it is written. */
    public String sign() {
      return sign;
    }
  }

  /**
   * One comparison.
   *
   * @param path names from the task down, at least one
   * @param operator how to compare
   * @param values one; of {@link Operator#IN} one or more
   */
  public record Condition(List<String> path, Operator operator, List<Value> values) {
    public Condition {
      path = List.copyOf(path);
      values = List.copyOf(values);
    }

    /** The only value, or the first. */
    public Value value() {
      return values.get(0);
    }
  }

  /**
   * What a field is compared with. Only these types: a value never is an operator of the store.
   *
   * @param value a String, Long, Double or Boolean, or null
   */
  public record Value(@Nullable Object value) {
    public Value {
      if (value != null
          && !(value instanceof String
              || value instanceof Long
              || value instanceof Double
              || value instanceof Boolean)) {
        throw new IllegalArgumentException("not a value of a filter: " + value.getClass());
      }
    }
  }

  /**
   * Reads a filter; an empty text is {@link #ALL}.
   *
   * @throws FilterException if it is malformed, names an unknown field, or is too long
   */
  public static TaskFilter parse(String text) {
    return new FilterParser(text).parse();
  }
}
