package io.windrow.quant.model;

import com.sun.jna.Memory;
import io.windrow.quant.panel.Panel;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What the rows of a panel count for. The weights are scaled to a mean of 1, so that penalties and
 * least weights of a leaf keep their meaning.
 */
final class RowWeights {

  private static final RowWeights EQUAL = new RowWeights(new float[0]);

  private final float[] values;

  private RowWeights(float[] values) {
    this.values = values;
  }

  /** Every row counts the same. */
  static RowWeights equal() {
    return EQUAL;
  }

  /**
   * Weights in the order of a panel's rows.
   *
   * @param values not negative, at least one positive
   */
  static RowWeights scaled(double[] values) {
    double mean = Arrays.stream(values).average().orElse(1);
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (values[i] / mean);
    }
    return new RowWeights(scaled);
  }

  /** The weights of the rows from {@code first} on, as many as the panel has. */
  RowWeights part(int first, Panel panel) {
    return this == EQUAL
        ? this
        : new RowWeights(Arrays.copyOfRange(values, first, first + Math.toIntExact(panel.rows())));
  }

  double of(int row) {
    return this == EQUAL ? 1 : values[row];
  }

  /** Lends the weights in native memory, unless all are equal. */
  void with(Consumer<Memory> use) {
    if (values.length > 0) {
      try (Memory memory = new Memory((long) values.length * Float.BYTES)) {
        memory.write(0, values, 0, values.length);
        use.accept(memory);
      }
    }
  }
}
