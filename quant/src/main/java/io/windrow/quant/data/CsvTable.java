package io.windrow.quant.data;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads one CSV file: a header with {@code date} and fields, then a row a day. */
final class CsvTable {

  private static final String DATE = "date";

  /** Columns that say what the file's name already says. */
  private static final Set<String> IGNORED = Set.of("symbol", "instrument");

  private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "none");

  private final String file;
  private final Set<String> required;
  private final List<CsvProblem> problems;
  private final List<CsvProblem> dropped;

  private final List<String> fields = new ArrayList<>();

  /** For each column of the file its place among the fields, or {@link #SKIP}, or {@link #DAY}. */
  private int[] places = {};

  private static final int SKIP = -1;
  private static final int DAY = -2;

  private CsvTable(
      String file, Set<String> required, List<CsvProblem> problems, List<CsvProblem> dropped) {
    this.file = file;
    this.required = required;
    this.problems = problems;
    this.dropped = dropped;
  }

  /**
   * Reads a file.
   *
   * @param required fields that the header must have
   * @param problems receives what is wrong
   * @param dropped receives rows whose date an earlier row has
   * @return all good rows
   */
  static SymbolTable read(
      Path file, Set<String> required, List<CsvProblem> problems, List<CsvProblem> dropped) {
    String name = String.valueOf(file.getFileName());
    CsvTable table = new CsvTable(name, required, problems, dropped);
    TreeMap<LocalDate, float[]> rows = new TreeMap<>();
    int before = problems.size();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVFormat.RFC4180.parse(reader)) {
      for (CSVRecord row : parser) {
        if (table.places.length == 0) {
          if (!table.header(row)) {
            break;
          }
        } else {
          table.row(row, parser.getCurrentLineNumber(), rows);
        }
      }
    } catch (UncheckedIOException e) {
      table.unreadable(e.getCause());
    } catch (IOException e) {
      table.unreadable(e);
    }
    if (rows.isEmpty() && problems.size() == before) {
      table.problem(0, "holds no row: remove the file or fill it");
    }
    return new SymbolTable(table.fields, rows);
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
      } else if (column.equals(DATE)) {
        places[i] = DAY;
      } else if (IGNORED.contains(column)) {
        places[i] = SKIP;
      } else {
        field(column, i);
      }
    }
    if (!seen.contains(DATE)) {
      problem(1, "the header has no column \"" + DATE + "\"");
    }
    for (String field : required) {
      if (!seen.contains(field)) {
        problem(1, "the header has no column \"" + field + "\"");
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

  private void row(CSVRecord row, long line, Map<LocalDate, float[]> rows) {
    if (row.size() == 1 && row.get(0).isBlank()) {
      return;
    }
    if (row.size() != places.length) {
      problem(line, "has " + row.size() + " columns, the header has " + places.length);
      return;
    }
    int before = problems.size();
    LocalDate date = LocalDate.MIN;
    float[] values = new float[fields.size()];
    for (int i = 0; i < places.length; i++) {
      if (places[i] == DAY) {
        date = date(row.get(i), line);
      } else if (places[i] != SKIP) {
        values[places[i]] = value(row.get(i), fields.get(places[i]), line);
      }
    }
    if (problems.size() == before && rows.putIfAbsent(date, values) != null) {
      dropped.add(new CsvProblem(file, line, "dropped, an earlier row has the same date " + date));
    }
  }

  private LocalDate date(String text, long line) {
    String date = text.strip();
    try {
      return LocalDate.parse(
          date.endsWith(" 00:00:00") ? date.substring(0, date.length() - 9) : date);
    } catch (DateTimeParseException e) {
      problem(line, "\"" + text + "\" is not a date like 2020-12-31");
      return LocalDate.MIN;
    }
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
