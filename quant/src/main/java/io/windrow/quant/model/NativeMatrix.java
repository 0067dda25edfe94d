package io.windrow.quant.model;

import com.sun.jna.Memory;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;

/** A panel's values in one block of native memory, float32, row after row. */
final class NativeMatrix implements AutoCloseable {

  private final Memory memory;
  private final int rows;
  private final int columns;

  private NativeMatrix(Memory memory, int rows, int columns) {
    this.memory = memory;
    this.rows = rows;
    this.columns = columns;
  }

  static NativeMatrix of(Panel panel) {
    int rows = Math.toIntExact(panel.rows());
    int columns = panel.columns().size();
    // Native memory of size 0 does not exist.
    Memory memory = new Memory(Math.max(1, (long) rows * columns * Float.BYTES));
    long offset = 0;
    for (CrossSection day : panel.days()) {
      memory.write(offset, day.values(), 0, day.rows() * columns);
      offset += (long) day.rows() * columns * Float.BYTES;
    }
    return new NativeMatrix(memory, rows, columns);
  }

  Memory memory() {
    return memory;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  @Override
  public void close() {
    memory.close();
  }
}
