package io.windrow.coordinator.workflow;

import java.util.List;

/**
 * The prediction horizons to make tasks for.
 *
 * @param values trading days to look ahead
 * @param labelLeak days after the horizon until a label is known, 2
 */
public record HorizonSettings(List<Integer> values, int labelLeak) {
  public HorizonSettings {
    values = List.copyOf(values);
  }
}
