package io.windrow.quant.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Qlib's placeholders, which it fills in when a model is trained and its records are made:
 *
 * <ul>
 *   <li>{@code <MODEL>}, {@code <DATASET>} and, below a record's {@code config}, {@code <PRED>}
 *       stand for the run's own model, dataset and predictions; they stay as they are;
 *   <li>a text that begins with a config path, such as {@code <dataset.kwargs.segments.test.0>},
 *       becomes what is at that path of the task. It is looked up when the task runs, so each
 *       window gets its own days.
 * </ul>
 *
 * Only records are filled. Qlib builds model and dataset before, with the text as it is, which
 * fails there in odd ways; here it is an error.
 */
public final class Placeholders {

  private static final List<String> OBJECTS = List.of("<MODEL>", "<DATASET>", "<PRED>");
  private static final String PREDICTIONS = "<PRED>";

  /** What follows the bracket is dropped, as in Qlib. */
  private static final Pattern CONFIG_PATH = Pattern.compile("<([A-Za-z_][\\w.]*)>");

  private final Map<String, @Nullable Object> task;
  private final List<Problem> problems;

  private Placeholders(Map<String, @Nullable Object> task, List<Problem> problems) {
    this.task = task;
    this.problems = problems;
  }

  /**
   * The task with the config paths of its records replaced by what they name.
   *
   * @param problems takes what names nothing, and what stands where nothing is filled in
   */
  public static Map<String, @Nullable Object> fill(
      Map<String, ?> definition, List<Problem> problems) {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>(definition);
    Placeholders placeholders = new Placeholders(new LinkedHashMap<>(definition), problems);
    placeholders.refuse("model", definition.get("model"));
    placeholders.refuse("dataset", definition.get("dataset"));
    if (definition.get("record") != null) {
      filled.put("record", placeholders.fill("record", definition.get("record"), false));
    }
    return filled;
  }

  private void refuse(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> refuse(path + "." + key, item));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        refuse(path + "." + i, list.get(i));
      }
    } else if (value instanceof String text && CONFIG_PATH.matcher(text).lookingAt()) {
      problem(path, "is filled in below record only, as in Qlib: write the value instead", text);
    }
  }

  private @Nullable Object fill(String path, @Nullable Object value, boolean config) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> filled = new LinkedHashMap<>();
      map.forEach(
          (key, item) ->
              filled.put(
                  String.valueOf(key),
                  fill(path + "." + key, item, config || "config".equals(key))));
      return filled;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> filled = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        filled.add(fill(path + "." + i, list.get(i), config));
      }
      return filled;
    }
    return value instanceof String text ? fill(path, text, config) : value;
  }

  private @Nullable Object fill(String path, String text, boolean config) {
    if (OBJECTS.contains(text)) {
      if (text.equals(PREDICTIONS) && !config) {
        problem(path, "is filled in below a record's config only", text);
      }
      return text;
    }
    Matcher matcher = CONFIG_PATH.matcher(text);
    if (!matcher.lookingAt()) {
      return text;
    }
    Object found = task;
    for (String key : matcher.group(1).split("\\.", -1)) {
      found = at(found, key);
    }
    if (found == null) {
      problem(path, "names nothing in the task" + Nearest.hint(text, OBJECTS), text);
      return text;
    }
    return found;
  }

  private static @Nullable Object at(@Nullable Object value, String key) {
    if (value instanceof Map<?, ?> map) {
      return map.get(key);
    }
    if (value instanceof List<?> list && key.matches("\\d{1,6}")) {
      int position = Integer.parseInt(key);
      return position < list.size() ? list.get(position) : null;
    }
    return null;
  }

  private void problem(String path, String message, String text) {
    problems.add(new Problem(path, "the placeholder " + Section.quote(text) + " " + message));
  }
}
