package io.windrow.quant.data;

import java.time.LocalDateTime;

/** A range of bars, both ends inclusive; of daily bars at midnight. */
public record TimeSpan(LocalDateTime first, LocalDateTime last) {

  public TimeSpan {
    if (first.isAfter(last)) {
      throw new IllegalArgumentException("a span cannot run from " + first + " to " + last);
    }
  }
}
