package io.windrow.quant.panel;

import java.time.LocalDate;

/**
 * The rows of one day, by instrument. Arrays are shared, not copied: whoever holds a cross-section
 * must not write to it.
 *
 * @param date the trading day
 * @param instruments for each row the index into {@link Panel#symbols()}, ascending
 * @param values row-major float32, {@code instruments.length x columns}
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough, copies would double the memory
public record CrossSection(LocalDate date, int[] instruments, float[] values) {

  /** Number of instruments of the day. */
  public int rows() {
    return instruments.length;
  }
}
