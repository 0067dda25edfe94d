package io.windrow.quant.dataset;

import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Measures panels that share blocks: each block counts once. */
final class PanelBytes {

  private static final int BLOCK_OVERHEAD = 80;

  private final Set<float[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Bytes of the blocks that were not measured before. */
  long add(Panel panel) {
    long bytes = 0;
    for (CrossSection day : panel.days()) {
      if (seen.add(day.values())) {
        bytes +=
            BLOCK_OVERHEAD
                + (long) day.values().length * Float.BYTES
                + (long) day.rows() * Integer.BYTES;
      }
    }
    return bytes;
  }

  long add(FeatureLabelPanel panel) {
    return add(panel.features()) + add(panel.labels());
  }

  long addAll(List<FeatureLabelPanel> panels) {
    return panels.stream().mapToLong(this::add).sum();
  }
}
