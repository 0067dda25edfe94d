package io.windrow.quant.panel;

import io.windrow.quant.parallel.ParallelLoop;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Changes a panel without touching the one it was made from: the first write to a day copies that
 * day's block, and what is never written stays shared. Days may be edited by different threads, one
 * day by one thread at a time.
 */
public final class PanelEditor {

  private final FeatureLabelPanel source;
  private final ParallelLoop loop;
  private final Map<Part, Side> sides;

  /** An editor that works with one thread. */
  public PanelEditor(FeatureLabelPanel source) {
    this(source, new ParallelLoop(1));
  }

  /**
   * An editor whose days are worked on side by side.
   *
   * @param loop does what {@link #forEachDay} is given
   */
  public PanelEditor(FeatureLabelPanel source, ParallelLoop loop) {
    this.source = source;
    this.loop = loop;
    this.sides =
        Map.of(Part.FEATURE, new Side(source.features()), Part.LABEL, new Side(source.labels()));
  }

  /** Number of days; a day may have lost all its rows. */
  public int days() {
    return source.features().days().size();
  }

  /** Does something for every day, several days at a time. */
  public void forEachDay(IntConsumer work) {
    loop.forEach(days(), () -> work);
  }

  /** How to share out work that is not by days. */
  public ParallelLoop loop() {
    return loop;
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

  /** Drops the columns whose name does not pass. */
  public void keepColumns(Part part, Predicate<String> keep) {
    Side side = side(part);
    int[] kept =
        IntStream.range(0, side.columns.size())
            .filter(column -> keep.test(side.columns.get(column)))
            .toArray();
    if (kept.length < side.columns.size()) {
      int width = side.columns.size();
      side.columns = Arrays.stream(kept).mapToObj(side.columns::get).toList();
      forEachDay(day -> side.keepColumns(day, width, kept));
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
    private List<String> columns;
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

    void keepColumns(int day, int width, int[] kept) {
      CrossSection block = blocks[day];
      float[] values = new float[block.rows() * kept.length];
      int target = 0;
      for (int row = 0; row < block.rows(); row++) {
        for (int column : kept) {
          values[target++] = block.values()[row * width + column];
        }
      }
      blocks[day] = new CrossSection(block.date(), block.instruments(), values);
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
      return new Panel(columns, source.symbols(), days);
    }
  }
}
