package io.windrow.collector.collect;

import io.windrow.collector.collect.Window.Done;
import io.windrow.collector.ensemble.Results;
import io.windrow.collector.ensemble.RollingGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Windows that become one series.
 *
 * @param key the group's key tuple, for example {@code ["LGBModel"]}; empty for the only series
 *     that an average leaves
 * @param windows its done windows, in order of generation
 * @param shadowed ids of done tasks that are left out, since a later task has the same key and the
 *     same test segment
 */
public record WindowGroup(List<String> key, List<Done> windows, List<String> shadowed) {

  public WindowGroup {
    key = List.copyOf(key);
    windows = List.copyOf(windows);
    shadowed = List.copyOf(shadowed);
  }

  /**
   * Groups the windows of a submission by key, or gives each a group of its own, whose key ends
   * with the test segment. A group exists as soon as one of its windows is known, so that its
   * number does not change while windows come in.
   *
   * @param rolled whether windows of the same key shall roll into one series
   */
  static List<WindowGroup> of(Progress progress, GroupKeys keys, boolean rolled) {
    Map<List<String>, List<Window>> byKey = new LinkedHashMap<>();
    for (Window window : progress.windows()) {
      WindowPlan plan = window.plan();
      if (plan != null) {
        byKey.computeIfAbsent(key(keys, plan), key -> new ArrayList<>()).add(window);
      }
    }
    List<WindowGroup> groups = new ArrayList<>();
    if (rolled) {
      RollingGroup.split(Results.of(byKey))
          .forEach((key, byTest) -> groups.add(of(parts(key), byTest.flat().values())));
    } else {
      byKey.forEach((key, windows) -> groups.add(of(key, List.of(windows))));
    }
    return groups;
  }

  /** All groups as one, without a key. */
  static WindowGroup all(List<WindowGroup> groups) {
    return new WindowGroup(
        List.of(),
        groups.stream().flatMap(group -> group.windows().stream()).toList(),
        groups.stream().flatMap(group -> group.shadowed().stream()).toList());
  }

  /** The same without a key. */
  WindowGroup unkeyed() {
    return new WindowGroup(List.of(), windows, shadowed);
  }

  /** Ids of the recorders: what the group's series is made of, and so its identity. */
  List<String> recorders() {
    return windows.stream().map(Done::recorder).toList();
  }

  /** A window without a test segment stands for itself. */
  private static List<String> key(GroupKeys keys, WindowPlan plan) {
    List<String> key = new ArrayList<>(keys.key(plan));
    key.add(plan.test() == null ? plan.task() : plan.test().toString());
    return key;
  }

  private static List<String> parts(Object key) {
    return ((List<?>) key).stream().map(String::valueOf).toList();
  }

  private static WindowGroup of(List<String> key, Collection<List<Window>> byTest) {
    List<Done> windows = new ArrayList<>();
    List<String> shadowed = new ArrayList<>();
    for (List<Window> sameTest : byTest) {
      Done winner = null;
      for (Window window : sameTest) {
        if (window instanceof Done done) {
          if (winner != null) {
            shadowed.add(winner.plan().task());
          }
          winner = done;
        }
      }
      if (winner != null) {
        windows.add(winner);
      }
    }
    return new WindowGroup(key, windows, shadowed);
  }
}
