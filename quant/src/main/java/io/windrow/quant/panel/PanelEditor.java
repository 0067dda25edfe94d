package io.windrow.quant.panel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Changes a panel without touching the one it was made from: the first write to a day copies that
 * day's block, and what is never written stays shared. Days may be edited by different threads, one
 * day by one thread at a time.
 */
public final class PanelEditor {

  private final FeatureLabelPanel source;
  private final Map<Part, Side> sides;

  public PanelEditor(FeatureLabelPanel source) {
    this.source = source;
    this.sides =
        Map.of(Part.FEATURE, new Side(source.features()), Part.LABEL, new Side(source.labels()));
  }

  /** Number of days; a day may have lost all its rows. */
  public int days() {
    return source.features().days().size();
  }

  public LocalDate date(int day) {
    return source.features().days().get(day).date();
  }

  public int rows(int day) {
    return side(Part.FEATURE).blocks[day].rows();
  }

  public List<String> columns(Part part) {
    return side(part).columns;
  }

  /** The values of a day, row-major, for reading only. */
  public float[] read(Part part, int day) {
    return side(part).blocks[day].values();
  }

  /** The values of a day, row-major, for writing. */
  public float[] write(Part part, int day) {
    Side side = side(part);
    if (!side.owned[day]) {
      CrossSection block = side.blocks[day];
      side.blocks[day] =
          new CrossSection(block.date(), block.instruments(), block.values().clone());
      side.owned[day] = true;
    }
    return side.blocks[day].values();
  }

  /** Drops the rows of a day that are not in {@code keep}, from features and labels. */
  public void keepRows(int day, BitSet keep) {
    if (keep.cardinality() == rows(day)) {
      return;
    }
    for (Side side : sides.values()) {
      side.keepRows(day, keep);
    }
  }

  /** The panel as it is now. Later edits copy again and do not change it. */
  public FeatureLabelPanel toPanel() {
    return new FeatureLabelPanel(
        side(Part.FEATURE).toPanel(source.features()), side(Part.LABEL).toPanel(source.labels()));
  }

  private Side side(Part part) {
    // Every part has a side since construction.
    return java.util.Objects.requireNonNull(sides.get(part));
  }

  private static final class Side {
    private final List<String> columns;
    private final CrossSection[] blocks;
    private final boolean[] owned;

    Side(Panel panel) {
      columns = panel.columns();
      blocks = panel.days().toArray(CrossSection[]::new);
      owned = new boolean[blocks.length];
    }

    void keepRows(int day, BitSet keep) {
      CrossSection block = blocks[day];
      int width = columns.size();
      int[] instruments = new int[keep.cardinality()];
      float[] values = new float[instruments.length * width];
      int target = 0;
      for (int row = keep.nextSetBit(0); row >= 0; row = keep.nextSetBit(row + 1)) {
        instruments[target] = block.instruments()[row];
        System.arraycopy(block.values(), row * width, values, target * width, width);
        target++;
      }
      blocks[day] = new CrossSection(block.date(), instruments, values);
      owned[day] = true;
    }

    Panel toPanel(Panel source) {
      List<CrossSection> days = new ArrayList<>(blocks.length);
      for (int day = 0; day < blocks.length; day++) {
        owned[day] = false;
        if (blocks[day].rows() > 0) {
          days.add(blocks[day]);
        }
      }
      return new Panel(source.columns(), source.symbols(), days);
    }
  }
}
