package io.windrow.quant.dataset;

import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The memory of panels that share blocks: each block counts once, for as long as one of the held
 * panels has it. Not safe for use by several threads.
 */
final class PanelBytes {

  private static final int BLOCK_OVERHEAD = 80;

  private final IdentityHashMap<float[], Integer> holders = new IdentityHashMap<>();
  private long bytes;

  /** Size of all blocks that are held. */
  long bytes() {
    return bytes;
  }

  void hold(List<Panel> panels) {
    for (Panel panel : panels) {
      for (CrossSection day : panel.days()) {
        if (holders.merge(day.values(), 1, Integer::sum) == 1) {
          bytes += bytes(day);
        }
      }
    }
  }

  /** Undoes a {@link #hold} of the same panels. */
  void release(List<Panel> panels) {
    for (Panel panel : panels) {
      for (CrossSection day : panel.days()) {
        if (holders.computeIfPresent(day.values(), (block, n) -> n == 1 ? null : n - 1) == null) {
          bytes -= bytes(day);
        }
      }
    }
  }

  private static long bytes(CrossSection day) {
    return BLOCK_OVERHEAD
        + (long) day.values().length * Float.BYTES
        + (long) day.rows() * Integer.BYTES;
  }
}
