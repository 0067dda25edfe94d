package io.windrow.task;

import java.util.Map;

/**
 * A part of a task that runs by itself: on a queue and terms of its own, and with a definition that
 * differs from the task's.
 *
 * @param name tells it from the task's other stages; empty for the only one of a task that declares
 *     none
 * @param change laid over the task's definition, see {@link Overlay}; maybe empty
 * @param queue name of the queue it is announced on
 * @param terms how it is tried again and how long it may take
 */
public record Stage(String name, Map<String, Object> change, String queue, Terms terms) {

  public Stage {
    if (queue.isBlank()) {
      throw new IllegalArgumentException("the queue of a stage must not be blank");
    }
    change = CanonicalJson.copy(change);
  }

  /** The stage of a task that declares none: it runs the task's own definition. */
  public static Stage only(String queue, Terms terms) {
    return new Stage("", Map.of(), queue, terms);
  }

  /** Whether it is the stage of a task that declares none. */
  public boolean isOnly() {
    return name.isEmpty();
  }

  /** What it runs: its change laid over the task's definition. */
  public Map<String, Object> definition(Map<String, Object> ofTask) {
    return change.isEmpty() ? ofTask : CanonicalJson.copy(Overlay.merge(ofTask, change));
  }
}
