package io.windrow.coordinator.workflow;

import io.windrow.pool.CollectSettings;
import io.windrow.pool.CollectSettings.Ensemble;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code windrow.collect}: {@code ensemble}, {@code key} and {@code artifacts}. */
final class CollectSection {
  private static final String ENSEMBLE = "ensemble";
  private static final String KEY = "key";
  private static final String ARTIFACTS = "artifacts";

  /** Generators write it into tasks whose template lacks it. */
  private static final String LABEL = "dataset.kwargs.handler.kwargs.label";

  /** More are of no use for a hint. */
  private static final int MOST_PATHS = 2_000;

  private CollectSection() {}

  /**
   * The settings as plain JSON.
   *
   * @param template the task of which paths may name a key, a list of such, or null
   */
  static Map<String, Object> read(Section section, @Nullable Object template) {
    List<String> ensembles =
        section.has(ENSEMBLE)
            ? words(section, ENSEMBLE, Ensemble.words())
            : CollectSettings.DEFAULT.ensembles().stream().map(Ensemble::word).toList();
    List<String> key = key(section, template);
    List<String> artifacts =
        section.has(ARTIFACTS)
            ? words(section, ARTIFACTS, CollectSettings.ARTIFACTS)
            : CollectSettings.ARTIFACTS;
    section.rejectOthers();
    try {
      return new CollectSettings(ensembles.stream().map(Ensemble::of).toList(), key, artifacts)
          .json();
    } catch (IllegalArgumentException e) {
      section.problem(artifacts.isEmpty() ? ARTIFACTS : ENSEMBLE, String.valueOf(e.getMessage()));
      return CollectSettings.DEFAULT.json();
    }
  }

  private static List<String> key(Section section, @Nullable Object template) {
    List<String> paths = words(section, KEY, null);
    Set<String> known = new LinkedHashSet<>();
    List<?> templates =
        template instanceof List<?> list ? list : Collections.singletonList(template);
    templates.forEach(task -> paths("", task, known));
    boolean readable = !known.isEmpty();
    known.add(LABEL);
    for (int i = 0; i < paths.size() && readable; i++) {
      String path = paths.get(i);
      if (known.size() < MOST_PATHS && !known.contains(path)) {
        section.problem(
            at(section, KEY, i),
            Section.quote(path)
                + " is not in the task"
                + Nearest.hint(path, known)
                + ": name a path under task, such as model.class");
      }
    }
    return paths;
  }

  /** A word or a list of them; unknown ones are reported under their place and left out. */
  private static List<String> words(Section section, String key, @Nullable List<String> known) {
    Object value = section.raw(key);
    List<?> items = value instanceof String ? List.of(value) : section.list(key);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      if (!(item instanceof String word) || word.isBlank()) {
        section.problem(at(section, key, i), "must be a text, not " + Section.quote(item));
      } else if (known != null && !known.contains(word)) {
        section.problem(
            at(section, key, i),
            "must be one of " + known + ", not " + Section.quote(word) + Nearest.hint(word, known));
      } else {
        words.add(word);
      }
    }
    return words;
  }

  private static String at(Section section, String key, int index) {
    return section.raw(key) instanceof List<?> ? key + "." + index : key;
  }

  private static void paths(String path, @Nullable Object value, Set<String> paths) {
    if (paths.size() >= MOST_PATHS) {
      return;
    }
    if (!path.isEmpty()) {
      paths.add(path);
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> paths(path.isEmpty() ? "" + key : path + "." + key, inner, paths));
    }
  }
}
