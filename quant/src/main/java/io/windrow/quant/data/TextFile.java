package io.windrow.quant.data;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.calendar.Frequency;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads and writes calendars and lists of instruments. */
final class TextFile {

  private TextFile() {}

  /**
   * A calendar, one bar a line.
   *
   * @throws DataException if a line is no bar, or the bars do not ascend
   */
  static BarCalendar calendar(Path file, Frequency frequency) {
    List<String> lines = lines(file);
    List<LocalDateTime> times = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          times.add(BarTime.parse(lines.get(i), frequency));
        } catch (DataException e) {
          throw new DataException(file + " line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    try {
      return new BarCalendar(times);
    } catch (IllegalArgumentException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }

  static void writeCalendar(Path file, BarCalendar calendar, Frequency frequency) {
    write(file, calendar.times().map(time -> BarTime.format(time, frequency)).toList());
  }

  /**
   * A list of instruments, one span a line.
   *
   * @return the spans by symbol, in the order of the symbols
   * @throws DataException if a line is none, or there is none
   */
  static SortedMap<String, List<TimeSpan>> instruments(Path file, Frequency frequency) {
    SortedMap<String, List<TimeSpan>> spans = new TreeMap<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          addSpan(spans, lines.get(i), frequency);
        } catch (IllegalArgumentException | DataException e) {
          throw new DataException(file + " line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    if (spans.isEmpty()) {
      throw new DataException(
          "the instrument list " + file + " is empty: name at least one instrument");
    }
    return spans;
  }

  private static void addSpan(
      SortedMap<String, List<TimeSpan>> spans, String line, Frequency frequency) {
    String[] parts = line.split("\t", -1);
    if (parts.length < 3) {
      throw new DataException("expected SYMBOL<tab>first<tab>last, found \"" + line + "\"");
    }
    DataLayout.checkSymbol(parts[0]);
    spans
        .computeIfAbsent(parts[0], symbol -> new ArrayList<>())
        .add(new TimeSpan(BarTime.parse(parts[1], frequency), BarTime.parse(parts[2], frequency)));
  }

  static void writeInstruments(
      Path file, SortedMap<String, List<TimeSpan>> instruments, Frequency frequency) {
    List<String> lines = new ArrayList<>();
    instruments.forEach(
        (symbol, spans) ->
            spans.forEach(
                span ->
                    lines.add(
                        symbol
                            + "\t"
                            + BarTime.format(span.first(), frequency)
                            + "\t"
                            + BarTime.format(span.last(), frequency))));
    write(file, lines);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new DataException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static void write(Path file, List<String> lines) {
    try {
      WholeFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new DataException("cannot write " + file + ": " + e, e);
    }
  }
}
