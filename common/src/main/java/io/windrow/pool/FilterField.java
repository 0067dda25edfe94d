package io.windrow.pool;

import io.windrow.pool.TaskFilter.Condition;
import io.windrow.pool.TaskFilter.Operator;
import io.windrow.task.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a path of a filter means.
 *
 * @param path where the value is in the task as stored: names of keys, the definition's not yet
 *     encoded
 * @param type what it may be compared with
 */
public record FilterField(List<String> path, Type type) {
  private static final int MAX_NAMES = 16;
  private static final int MAX_NAME = 128;
  private static final int MAX_TEXT = 1_000;

  private static final Pattern DAY = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");
  private static final List<String> STATES =
      Arrays.stream(TaskState.values()).map(TaskState::word).toList();

  /** Fields of a task itself, by the name they have in the API. */
  private static final Map<String, FilterField> OWN =
      Map.ofEntries(
          own("id", Type.TEXT, "_id"),
          own("pool", Type.TEXT, "pool"),
          own("experiment", Type.TEXT, "experiment"),
          own("queue", Type.TEXT, "queue"),
          own("stage", Type.TEXT, "stage"),
          own("submission", Type.TEXT, "submission"),
          own("state", Type.STATE, "state"),
          own("worker", Type.TEXT, "lease", "worker"),
          own("priority", Type.NUMBER, "priority"),
          own("seq", Type.NUMBER, "seq"),
          own("attempt", Type.NUMBER, "attempt"),
          own("maxAttempts", Type.NUMBER, "maxAttempts"));

  private static final List<String> DEFINED =
      List.of("model", "dataset", "record", "qlib_init", "definition", "segments", "metrics");

  /** What values a field has. */
  public enum Type {
    /** Anything of a definition. */
    ANY,
    TEXT,
    NUMBER,
    /** One of the states' words. */
    STATE,
    /** A day; a year or a month stands for all its days. */
    DAY
  }

  public FilterField {
    path = List.copyOf(path);
  }

  /**
   * The field of a path as written.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public static FilterField of(List<String> names) {
    if (names.size() > MAX_NAMES
        || names.stream().anyMatch(name -> name.isEmpty() || name.length() > MAX_NAME)) {
      throw new IllegalArgumentException(
          "a path has up to %d names of 1 to %d characters".formatted(MAX_NAMES, MAX_NAME));
    }
    String root = names.get(0);
    List<String> rest = names.subList(1, names.size());
    FilterField own = OWN.get(root);
    if (own != null && rest.isEmpty()) {
      return own;
    }
    if (!DEFINED.contains(root)) {
      throw new IllegalArgumentException(
          own != null
              ? "'" + root + "' has no parts"
              : "there is no field '%s'; there are %s, and %s with what is below them"
                  .formatted(
                      root, OWN.keySet().stream().sorted().toList(), String.join(", ", DEFINED)));
    }
    return switch (root) {
      case "segments" -> segment(rest);
      case "metrics" -> metric(rest);
      case "definition" -> new FilterField(names, Type.ANY);
      default -> new FilterField(join(List.of("definition"), names), Type.ANY);
    };
  }

  /** Why a condition on this field makes no sense; null if it does. */
  @Nullable String problem(Condition condition) {
    for (TaskFilter.Value each : condition.values()) {
      String problem = problem(condition.operator(), each.value());
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String problem(Operator operator, @Nullable Object value) {
    if (operator == Operator.CONTAINS && (value == null || type == Type.NUMBER)) {
      return "'~' looks for a text within a text";
    }
    if (value instanceof String text && text.length() > MAX_TEXT) {
      return "a value may have " + MAX_TEXT + " characters";
    }
    boolean ordering = !List.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.IN).contains(operator);
    if (ordering && (value == null || value instanceof Boolean)) {
      return "'" + operator.sign() + "' needs a number or a text, not " + value;
    }
    if (value == null) {
      return null;
    }
    return switch (type) {
      case ANY, TEXT -> null;
      case NUMBER -> value instanceof Number ? null : "expected a number, not '" + value + "'";
      case STATE ->
          STATES.contains(value.toString()) || operator == Operator.CONTAINS
              ? null
              : "there is no state '" + value + "'; there are " + String.join(", ", STATES);
      case DAY ->
          DAY.matcher(value.toString()).matches() || operator == Operator.CONTAINS
              ? null
              : "expected a day, a month or a year (2018-06-30, 2018-06, 2018), not '"
                  + value
                  + "'";
    };
  }

  private static FilterField segment(List<String> rest) {
    if (rest.isEmpty() || rest.size() > 2) {
      throw new IllegalArgumentException(
          "name a segment: segments.test, its first day segments.test.start or its last"
              + " segments.test.end");
    }
    String side = rest.size() == 1 ? "start" : rest.get(1);
    String index =
        switch (side) {
          case "start", "0" -> "0";
          case "end", "1" -> "1";
          default ->
              throw new IllegalArgumentException(
                  "a segment has 'start' and 'end', not '" + side + "'");
        };
    return new FilterField(
        List.of("definition", "dataset", "kwargs", "segments", rest.get(0), index), Type.DAY);
  }

  private static FilterField metric(List<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("name a metric: metrics.IC, metrics.\"Rank IC\"");
    }
    return new FilterField(List.of("result", "metrics", String.join(".", rest)), Type.NUMBER);
  }

  private static Map.Entry<String, FilterField> own(String name, Type type, String... path) {
    return Map.entry(name, new FilterField(List.of(path), type));
  }

  private static List<String> join(List<String> left, List<String> right) {
    return Stream.concat(left.stream(), right.stream()).toList();
  }
}
