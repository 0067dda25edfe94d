package io.windrow.coordinator.workflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.StringJoiner;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Bounds how deep a file is nested. Composing recurses, so this is done before, on the flat stream
 * of events.
 */
final class YamlNesting {
  private final int most;
  private final Deque<Level> open = new ArrayDeque<>();

  /** An open list, or an open map, whose keys and values take turns. */
  private static final class Level {
    private final boolean map;
    private boolean atKey = true;
    private int position = -1;
    private String key = "";

    private Level(boolean map) {
      this.map = map;
    }

    private void next(String text) {
      position++;
      if (!map) {
        key = Integer.toString(position);
      } else if (atKey) {
        key = text;
      }
      atKey = !atKey;
    }
  }

  private YamlNesting(int most) {
    this.most = most;
  }

  /**
   * Reads all events.
   *
   * @throws WorkflowException with line and path of what is nested too deep
   */
  static void check(Iterable<Event> events, int most) {
    YamlNesting nesting = new YamlNesting(most);
    Iterator<Event> all = events.iterator();
    while (all.hasNext()) {
      nesting.take(all.next());
    }
  }

  private void take(Event event) {
    if (event instanceof CollectionEndEvent) {
      open.removeLast();
    } else if (event instanceof CollectionStartEvent) {
      next("");
      if (open.size() == most) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        throw new WorkflowException(line, path(), "nested deeper than " + most + " levels");
      }
      open.addLast(new Level(event instanceof MappingStartEvent));
    } else if (event instanceof ScalarEvent scalar) {
      next(scalar.getValue());
    } else if (event instanceof AliasEvent) {
      next("");
    }
  }

  private void next(String text) {
    if (!open.isEmpty()) {
      open.getLast().next(text);
    }
  }

  private String path() {
    StringJoiner path = new StringJoiner(".");
    open.forEach(level -> path.add(level.key));
    return path.toString();
  }
}
