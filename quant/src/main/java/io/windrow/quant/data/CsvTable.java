package io.windrow.quant.data;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads one CSV file: a header with the date and fields, then a row a bar. */
final class CsvTable {

  private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "none");

  private final String file;
  private final CsvFormat format;
  private final List<CsvProblem> problems;
  private final List<CsvProblem> dropped;

  private final List<String> fields = new ArrayList<>();
  private final SortedMap<String, SymbolTable> tables = new TreeMap<>();

  /** For each column of the file its place among the fields, or one of the constants below. */
  private int[] places = {};

  private static final int SKIP = -1;
  private static final int TIME = -2;
  private static final int SYMBOL = -3;

  private CsvTable(
      String file, CsvFormat format, List<CsvProblem> problems, List<CsvProblem> dropped) {
    this.file = file;
    this.format = format;
    this.problems = problems;
    this.dropped = dropped;
  }

  /**
   * Reads a file.
   *
   * @param symbol of all rows, unless the format names a column for it
   * @param problems receives what is wrong
   * @param dropped receives rows whose time an earlier row of the symbol has
   * @return all good rows by symbol
   */
  static SortedMap<String, SymbolTable> read(
      Path file,
      String symbol,
      CsvFormat format,
      List<CsvProblem> problems,
      List<CsvProblem> dropped) {
    String name = String.valueOf(file.getFileName());
    CsvTable table = new CsvTable(name, format, problems, dropped);
    int before = problems.size();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVFormat.RFC4180.parse(reader)) {
      for (CSVRecord row : parser) {
        if (table.places.length == 0) {
          if (!table.header(row)) {
            break;
          }
        } else {
          table.row(row, parser.getCurrentLineNumber(), symbol);
        }
      }
    } catch (UncheckedIOException e) {
      table.unreadable(e.getCause());
    } catch (IOException e) {
      table.unreadable(e);
    }
    if (table.tables.isEmpty() && problems.size() == before) {
      table.problem(0, "holds no row: remove the file or fill it");
    }
    return table.tables;
  }

  private void unreadable(IOException e) {
    problem(
        0,
        e instanceof CharacterCodingException
            ? "is not UTF-8 text"
            : "cannot be read: " + e.getMessage());
  }

  private void problem(long line, String message) {
    problems.add(new CsvProblem(file, line, message));
  }

  private boolean header(CSVRecord header) {
    int before = problems.size();
    Set<String> seen = new HashSet<>();
    places = new int[header.size()];
    for (int i = 0; i < places.length; i++) {
      String column = header.get(i).replace("\ufeff", "").strip().toLowerCase(Locale.ROOT);
      if (!seen.add(column)) {
        problem(1, "column \"" + column + "\" stands twice in the header");
      } else if (column.equals(format.dateField())) {
        places[i] = TIME;
      } else if (column.equals(format.symbolField())) {
        places[i] = SYMBOL;
      } else if (format.takes(column)) {
        field(column, i);
      } else {
        places[i] = SKIP;
      }
    }
    for (String column : format.columns()) {
      if (!seen.contains(column)) {
        problem(1, "the header has no column \"" + column + "\"");
      }
    }
    return problems.size() == before;
  }

  private void field(String column, int index) {
    try {
      DataLayout.checkField(column);
      places[index] = fields.size();
      fields.add(column);
    } catch (DataException e) {
      problem(1, "column " + e.getMessage());
    }
  }

  private void row(CSVRecord row, long line, String fileSymbol) {
    if (row.size() == 1 && row.get(0).isBlank()) {
      return;
    }
    if (row.size() != places.length) {
      problem(line, "has " + row.size() + " columns, the header has " + places.length);
      return;
    }
    int before = problems.size();
    LocalDateTime time = LocalDateTime.MIN;
    String symbol = fileSymbol;
    float[] values = new float[fields.size()];
    for (int i = 0; i < places.length; i++) {
      switch (places[i]) {
        case TIME -> time = time(row.get(i), line);
        case SYMBOL -> symbol = symbol(row.get(i), line);
        case SKIP -> {}
        default -> values[places[i]] = value(row.get(i), fields.get(places[i]), line);
      }
    }
    if (problems.size() == before) {
      add(symbol, time, new SymbolTable.Row(line, values));
    }
  }

  private void add(String symbol, LocalDateTime time, SymbolTable.Row row) {
    SymbolTable table =
        tables.computeIfAbsent(symbol, s -> new SymbolTable(fields, new TreeMap<>()));
    if (table.rows().putIfAbsent(time, row) != null) {
      dropped.add(
          new CsvProblem(
              file,
              row.line(),
              "dropped, an earlier row has the same date "
                  + BarTime.format(time, format.frequency())));
    }
  }

  private LocalDateTime time(String text, long line) {
    try {
      return BarTime.parse(text, format.frequency());
    } catch (DataException e) {
      problem(line, String.valueOf(e.getMessage()));
      return LocalDateTime.MIN;
    }
  }

  private String symbol(String text, long line) {
    String symbol = text.strip().toUpperCase(Locale.ROOT);
    try {
      DataLayout.checkSymbol(symbol);
    } catch (DataException e) {
      problem(line, String.valueOf(e.getMessage()));
    }
    return symbol;
  }

  private float value(String text, String field, long line) {
    String number = text.strip();
    if (MISSING.contains(number.toLowerCase(Locale.ROOT))) {
      return Float.NaN;
    }
    float value = number(number);
    if (!Float.isFinite(value)) {
      problem(
          line,
          field + " \"" + text + "\" is not a float32 number; leave it empty if it is missing");
    }
    return value;
  }

  /** NaN or infinite if it is none. Java would also take names, hexadecimal digits and suffixes. */
  private static float number(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789.-+eE".indexOf(text.charAt(i)) < 0) {
        return Float.NaN;
      }
    }
    try {
      return (float) Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }
}
