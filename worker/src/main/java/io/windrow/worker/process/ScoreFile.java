package io.windrow.worker.process;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.ScoreTable;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.evaluate.ScoreSeries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads predictions or labels that a command hands over, as CSV or as Arrow. Strict, since the
 * collector puts them together with those of other windows: each day lies in the test segment, no
 * (day, instrument) occurs twice, and a prediction is a finite number. A label may be missing.
 */
final class ScoreFile {
  private static final int MAX_PROBLEMS = 10;
  private static final int MAX_INSTRUMENT = 64;
  private static final Set<String> MISSING = Set.of("", "nan", "na", "null", "none");

  private final String name;
  private final String column;
  private final boolean gaps;
  private final DateRange test;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final ScoreSeries.Builder rows = ScoreSeries.builder();

  private ScoreFile(String name, String column, boolean gaps, DateRange test) {
    this.name = name;
    this.column = column;
    this.gaps = gaps;
    this.test = test;
  }

  /**
   * Reads CSV text: a header {@code datetime,instrument,<column>}, then the rows in any order.
   *
   * @param name of the file, for messages
   * @param column of the values
   * @param gaps whether values may be missing
   * @param test the days allowed
   * @throws ProtocolException with the first ten problems and their lines
   */
  static ScoreSeries csv(String name, byte[] bytes, String column, boolean gaps, DateRange test) {
    ScoreFile file = new ScoreFile(name, column, gaps, test);
    file.read(bytes);
    return file.rows.build();
  }

  /** The same of an Arrow file, whose rows count from 1 in messages. */
  static ScoreSeries arrow(String name, byte[] bytes, String column, boolean gaps, DateRange test) {
    ScoreFile file = new ScoreFile(name, column, gaps, test);
    ScoreTable table;
    try {
      table = ArrowTables.read(bytes);
    } catch (RuntimeException e) {
      // Arrow meets damaged bytes with many kinds of exceptions.
      throw new ProtocolException(name + " is no Arrow table of scores: " + e.getMessage());
    }
    if (!table.column().equals(column)) {
      throw new ProtocolException(
          name + ": the third column must be '" + column + "', not '" + table.column() + "'");
    }
    ScoreSeries series = table.series();
    for (int row = 0; row < series.size(); row++) {
      file.check("row " + (row + 1), series.date(row), series.value(row));
    }
    file.finish(series.isEmpty());
    return series;
  }

  private void read(byte[] bytes) {
    boolean empty = true;
    try (Reader reader =
            new InputStreamReader(
                new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
        CSVParser parser = CSVFormat.RFC4180.parse(reader)) {
      boolean header = true;
      for (CSVRecord row : parser) {
        if (header) {
          header(row);
          header = false;
        } else {
          row("line " + parser.getCurrentLineNumber(), row);
          empty = false;
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    } catch (UncheckedIOException e) {
      throw unreadable(e.getCause());
    }
    finish(empty);
  }

  private ProtocolException unreadable(IOException e) {
    return new ProtocolException(
        name
            + (e instanceof CharacterCodingException
                ? " is not UTF-8 text"
                : " is not CSV: " + e.getMessage()));
  }

  private void header(CSVRecord row) {
    List<String> expected = List.of("datetime", "instrument", column);
    List<String> found = row.stream().map(each -> each.replace("\ufeff", "").strip()).toList();
    if (!found.equals(expected)) {
      throw new ProtocolException(
          name
              + ": line 1: the header must be '"
              + String.join(",", expected)
              + "', not '"
              + cut(String.join(",", found))
              + "'");
    }
  }

  private void row(String where, CSVRecord row) {
    if (row.size() != 3) {
      problem(where, "has " + row.size() + " values, not 3");
      return;
    }
    LocalDate date;
    double value;
    try {
      date = date(row.get(0).strip());
      value = value(row.get(2).strip());
    } catch (DateTimeParseException e) {
      problem(where, "'" + cut(row.get(0)) + "' is not a date like 2020-01-31");
      return;
    } catch (NumberFormatException e) {
      problem(where, "'" + cut(row.get(2)) + "' is not a number");
      return;
    }
    String instrument = row.get(1).strip();
    if (instrument.isEmpty() || instrument.length() > MAX_INSTRUMENT) {
      problem(where, "an instrument has 1 to " + MAX_INSTRUMENT + " characters");
    } else if (!seen.add(date + " " + instrument)) {
      problem(where, "a second value for " + instrument + " on " + date);
    } else if (check(where, date, value)) {
      rows.add(date, instrument, value);
    }
  }

  private boolean check(String where, LocalDate date, double value) {
    if (!test.contains(date)) {
      problem(where, date + " lies outside of the test segment " + test);
      return false;
    }
    if (Double.isInfinite(value) || (Double.isNaN(value) && !gaps)) {
      problem(where, "the " + column + " is not a finite number");
      return false;
    }
    return true;
  }

  private void problem(String where, String message) {
    problems.add(where + ": " + message);
    if (problems.size() == MAX_PROBLEMS) {
      throw new ProtocolException(name + ": " + String.join("; ", problems) + "; and maybe more");
    }
  }

  private void finish(boolean empty) {
    if (!problems.isEmpty()) {
      throw new ProtocolException(name + ": " + String.join("; ", problems));
    }
    if (empty) {
      throw new ProtocolException(name + ": holds no row");
    }
  }

  /** pandas writes midnight as a time of day. */
  private static LocalDate date(String text) {
    boolean midnight = text.length() > 10 && text.substring(10).matches("[T ]00:00(:00)?");
    return LocalDate.parse(midnight ? text.substring(0, 10) : text);
  }

  private static double value(String text) {
    if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
      return Double.NaN;
    }
    // Java also reads hexadecimal numbers and the suffixes f and d.
    if (!text.matches("[-+0-9.eE]{1,40}|[-+]?[iI]nf(inity)?")) {
      throw new NumberFormatException(text);
    }
    return text.contains("nf") || text.contains("NF")
        ? Double.POSITIVE_INFINITY
        : Double.parseDouble(text);
  }

  private static String cut(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
