package io.windrow.coordinator.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a task for each combination of parameters. The last place's value changes fastest. A grid
 * without places gives the task itself.
 *
 * @param axes the values for each place, such as {@code [model, kwargs, learning_rate]}
 */
public record GridGen(Map<List<String>, List<?>> axes) implements TaskGen {

  /**
   * Checks the axes.
   *
   * @throws IllegalArgumentException if a place has no values
   * @throws ArithmeticException if there are more than {@link Long#MAX_VALUE} combinations
   */
  public GridGen {
    Map<List<String>, List<?>> copy = new LinkedHashMap<>();
    axes.forEach(
        (place, values) -> {
          if (place.isEmpty() || values.isEmpty()) {
            throw new IllegalArgumentException(
                "a grid needs values for '" + String.join(".", place) + "'");
          }
          copy.put(List.copyOf(place), Collections.unmodifiableList(new ArrayList<>(values)));
        });
    axes = Collections.unmodifiableMap(copy);
    combinations(axes);
  }

  /** How many tasks it makes of one. */
  public long combinations() {
    return combinations(axes);
  }

  /**
   * The tasks, one a combination.
   *
   * @throws IllegalArgumentException if the task has none of the places
   */
  @Override
  public Stream<TaskDefinition> generate(TaskDefinition task) {
    return LongStream.range(0, combinations()).mapToObj(number -> combination(task, number));
  }

  private TaskDefinition combination(TaskDefinition task, long number) {
    long block = combinations();
    TaskDefinition changed = task;
    for (Map.Entry<List<String>, List<?>> axis : axes.entrySet()) {
      List<?> values = axis.getValue();
      block /= values.size();
      @Nullable Object value = values.get((int) (number / block % values.size()));
      changed = changed.with(axis.getKey(), value);
    }
    return changed;
  }

  private static long combinations(Map<List<String>, List<?>> axes) {
    return axes.values().stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
  }
}
