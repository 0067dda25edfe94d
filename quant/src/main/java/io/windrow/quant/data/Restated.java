package io.windrow.quant.data;

import io.windrow.quant.calendar.Frequency;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * Old rows of a file that say something else than the folder, as happens when prices are adjusted
 * anew after a dividend or split: rows appended to those in the folder would make a jump.
 *
 * @param time of the first such row
 * @param line of it
 * @param field the first field that differs in it
 * @param rows how many rows differ
 */
record Restated(LocalDateTime time, long line, String field, int rows) {

  /** Adjusted prices are rounded; only more than that is another price. */
  private static final float TOLERANCE = 1e-5f;

  /** Compares the rows up to a time. */
  static Optional<Restated> find(
      DataFolder folder, String symbol, SymbolTable table, LocalDateTime last) {
    Series[] stored =
        table.fields().stream()
            .map(field -> folder.open(symbol, field).load())
            .toArray(Series[]::new);
    Restated found = null;
    int count = 0;
    for (Map.Entry<LocalDateTime, SymbolTable.Row> row :
        table.rows().headMap(last, true).entrySet()) {
      int field = differing(folder, row.getKey(), row.getValue().values(), stored);
      if (field >= 0) {
        count++;
        if (found == null) {
          found = new Restated(row.getKey(), row.getValue().line(), table.fields().get(field), 0);
        }
      }
    }
    return found == null
        ? Optional.empty()
        : Optional.of(new Restated(found.time, found.line, found.field, count));
  }

  /** Place of the first field whose value differs; -1 if none does. */
  private static int differing(
      DataFolder folder, LocalDateTime time, float[] values, Series[] stored) {
    if (!folder.bars().holds(time)) {
      return -1;
    }
    int bar = folder.bars().ceiling(time);
    for (int i = 0; i < values.length; i++) {
      Series series = stored[i];
      if (bar >= series.start() && bar < series.end()) {
        float old = series.values()[bar - series.start()];
        boolean same =
            Float.isNaN(old)
                ? Float.isNaN(values[i])
                : Math.abs(old - values[i]) <= TOLERANCE * Math.abs(old);
        if (!same) {
          return i;
        }
      }
    }
    return -1;
  }

  CsvProblem note(String file, Frequency frequency) {
    return new CsvProblem(
        file,
        line,
        "the folder has another "
            + field
            + " on "
            + BarTime.format(time, frequency)
            + "; "
            + rows
            + " rows differ. If prices were adjusted anew, import all files again with --replace");
  }
}
