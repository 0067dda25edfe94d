package io.windrow.quant.reference;

import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of a definition that stands for an artifact of another recorder: {@code
 * <recorder:SELECTOR>} or {@code <recorder:SELECTOR/PATH>}. It reaches nothing but the artifacts of
 * recorders in the store.
 *
 * @param selector which recorder
 * @param path of the artifact in the recorder; null for the one that the place asks for, such as
 *     the model
 */
public record Reference(Selector selector, @Nullable String path) {

  /** Where a model may be read instead of trained. */
  public static final String MODEL = "model";

  /** Where a training may go on from another model. */
  public static final String INIT_MODEL = "model.kwargs.init_model";

  private static final String BEGIN = "<recorder:";

  /** Where a reference may stand in a task. */
  public static final List<String> PLACES = List.of(MODEL, INIT_MODEL);

  private static final int LONGEST = 300;
  private static final String PART = "(?!\\.{1,2}(?:/|$))[A-Za-z0-9_.-]+";
  private static final Pattern PATH = Pattern.compile(PART + "(?:/" + PART + ")*");

  /** Whether a value of a definition means to be a reference. */
  public static boolean isOne(@Nullable Object value) {
    return value instanceof String text && text.startsWith(BEGIN);
  }

  /**
   * Reads a reference.
   *
   * @throws IllegalArgumentException if the text is none; the message goes on after the text
   */
  public static Reference parse(String text) {
    if (!isOne(text) || !text.endsWith(">") || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "is no reference: write <recorder:SELECTOR> or <recorder:SELECTOR/PATH>");
    }
    String inner = text.substring(BEGIN.length(), text.length() - 1);
    int slash = inner.indexOf('/');
    String path = slash < 0 ? null : inner.substring(slash + 1);
    if (path != null && !PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "names no artifact: a path is like model.txt or sig_analysis/ic.arrow");
    }
    return new Reference(Selector.parse(slash < 0 ? inner : inner.substring(0, slash)), path);
  }

  /** Reads a key that holds a reference; empty if it is absent, or after reporting a problem. */
  public static Optional<Reference> read(Section section, String key) {
    Object value = section.raw(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(value.toString()));
    } catch (IllegalArgumentException e) {
      section.problem(key, Section.quote(value) + " " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Reports every reference of a task that stands in none of the {@link #PLACES}. */
  public static void refuseElsewhere(Map<String, ?> definition, List<Problem> problems) {
    everyOne(
        "",
        definition,
        (path, text) -> {
          if (!PLACES.contains(path)) {
            problems.add(
                new Problem(
                    path,
                    text
                        + " cannot stand here: a model may be read as model, or continued as"
                        + " model.kwargs.init_model"));
          }
        });
  }

  /** Reports every reference of a task that is a command's: it would get the mere text. */
  public static void refuse(Map<String, ?> definition, List<Problem> problems) {
    everyOne(
        "",
        definition,
        (path, text) ->
            problems.add(
                new Problem(path, text + " cannot be read by a command: remove it from the task")));
  }

  private static void everyOne(
      String path, @Nullable Object value, BiConsumer<String, String> found) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, item) -> everyOne(path.isEmpty() ? "" + key : path + "." + key, item, found));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        everyOne(path + "." + i, list.get(i), found);
      }
    } else if (isOne(value)) {
      found.accept(path, "the reference " + Section.quote(value));
    }
  }

  /** The same artifact of another recorder. */
  public Reference of(Selector other) {
    return new Reference(other, path);
  }

  /** As it is written in a definition. */
  @Override
  public String toString() {
    return BEGIN + selector.word() + (path == null ? "" : "/" + path) + ">";
  }
}
