package io.windrow.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of text with a header, each column as wide as its widest cell. */
public final class Table {

  /** On which side of its column a cell stands. */
  public enum Align {
    LEFT,
    RIGHT
  }

  private record Column(String name, Align align) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column of words. */
  public Table left(String name) {
    columns.add(new Column(name, Align.LEFT));
    return this;
  }

  /** Adds a column of figures. */
  public Table right(String name) {
    columns.add(new Column(name, Align.RIGHT));
    return this;
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if there are not as many cells as columns
   */
  public Table row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines: a header, a rule, the rows. */
  public List<String> lines() {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(
                c ->
                    Math.max(
                        columns.get(c).name().length(),
                        rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0)))
            .toArray();
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::name).toList(), widths));
    lines.add(IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("  ")));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String pad = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ")
          .append(columns.get(c).align() == Align.LEFT ? cells.get(c) + pad : pad + cells.get(c));
    }
    return line.toString().stripTrailing();
  }
}
