package io.windrow.coordinator.workflow;

import io.windrow.quant.definition.Section;
import io.windrow.quant.reference.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The references of a task. */
public final class TaskReferences {
  private TaskReferences() {}

  /** By their place; a text that is no reference is another's to report. */
  public static Map<String, Reference> of(Map<String, ?> definition) {
    Map<String, Reference> found = new LinkedHashMap<>();
    for (String place : Reference.PLACES) {
      Object value = at(definition, place);
      if (Reference.isOne(value)) {
        Section quiet = Section.root(Map.of(place, value), new ArrayList<>());
        Reference.read(quiet, place).ifPresent(reference -> found.put(place, reference));
      }
    }
    return found;
  }

  /** A copy with another value in a place, or without it. */
  public static Map<String, Object> with(
      Map<String, ?> definition, String place, @Nullable Reference value) {
    return replaced(definition, List.of(place.split("\\.", -1)), value);
  }

  private static Map<String, Object> replaced(
      Map<?, ?> map, List<String> path, @Nullable Reference value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, item) -> copy.put((String) key, item));
    String key = path.get(0);
    if (path.size() > 1) {
      copy.put(key, replaced((Map<?, ?>) copy.get(key), path.subList(1, path.size()), value));
    } else if (value == null) {
      copy.remove(key);
    } else {
      copy.put(key, value.toString());
    }
    return copy;
  }

  private static @Nullable Object at(Map<String, ?> definition, String place) {
    Object value = definition;
    for (String key : place.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }
}
