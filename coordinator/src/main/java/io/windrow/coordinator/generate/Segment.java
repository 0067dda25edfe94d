package io.windrow.coordinator.generate;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A span of days, both ends included.
 *
 * @param start first day, or null if open
 * @param end last day, or null if open
 */
public record Segment(@Nullable LocalDate start, @Nullable LocalDate end) {

  /** Whether one of its ends is open. */
  public boolean open() {
    return start == null || end == null;
  }
}
