package io.windrow.coordinator.workflow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tells one workflow's values from another's. Maps are compared key by key, lists of maps item
 * by item, everything else as a whole.
 *
 * @param changed keys with another value
 * @param added keys that were not there
 * @param removed keys that are not there any more
 */
public record WorkflowDiff(List<Changed> changed, List<Single> added, List<Single> removed) {

  /**
   * A key with another value.
   *
   * @param path its names joined by dots, items of lists by their number from 0
   * @param before the old value
   * @param after the new one
   */
  public record Changed(String path, @Nullable Object before, @Nullable Object after) {}

  /**
   * A key on one side only.
   *
   * @param path its names joined by dots, items of lists by their number from 0
   * @param value its value
   */
  public record Single(String path, @Nullable Object value) {}

  /**
   * Compares two files that were accepted, as submissions keep them.
   *
   * @throws WorkflowException if one of them is no YAML
   */
  public static WorkflowDiff between(String before, String after) {
    WorkflowDiff diff = new WorkflowDiff(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    diff.maps("", YamlReader.read(before).root(), YamlReader.read(after).root());
    return diff;
  }

  private void maps(String path, Map<?, ?> before, Map<?, ?> after) {
    Set<Object> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (Object key : keys) {
      String at = path.isEmpty() ? String.valueOf(key) : path + "." + key;
      if (!after.containsKey(key)) {
        removed.add(new Single(at, before.get(key)));
      } else if (!before.containsKey(key)) {
        added.add(new Single(at, after.get(key)));
      } else {
        values(at, before.get(key), after.get(key));
      }
    }
  }

  private void values(String path, @Nullable Object before, @Nullable Object after) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before instanceof Map<?, ?> from && after instanceof Map<?, ?> to) {
      maps(path, from, to);
    } else if (before instanceof List<?> from
        && after instanceof List<?> to
        && ofMaps(from)
        && ofMaps(to)) {
      items(path, from, to);
    } else {
      changed.add(new Changed(path, before, after));
    }
  }

  private void items(String path, List<?> before, List<?> after) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      String at = path + "." + i;
      if (i >= after.size()) {
        removed.add(new Single(at, before.get(i)));
      } else if (i >= before.size()) {
        added.add(new Single(at, after.get(i)));
      } else {
        values(at, before.get(i), after.get(i));
      }
    }
  }

  private static boolean ofMaps(List<?> list) {
    return !list.isEmpty() && list.stream().allMatch(Map.class::isInstance);
  }
}
