package io.windrow.quant.data;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.definition.Nearest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Daily market data in Qlib's folder layout, read only. The calendars are read when the store is
 * opened, everything else when asked for. Safe for use by several threads.
 */
public final class DataStore {

  private final DataLayout layout;
  private final TradingCalendar calendar;
  private final @Nullable TradingCalendar futureCalendar;

  private DataStore(
      DataLayout layout, TradingCalendar calendar, @Nullable TradingCalendar futureCalendar) {
    this.layout = layout;
    this.calendar = calendar;
    this.futureCalendar = futureCalendar;
  }

  /**
   * Opens the folder that {@code provider_uri} names.
   *
   * @throws DataException if the folder or its calendar is missing or broken
   */
  public static DataStore open(Path providerUri) {
    if (!Files.isDirectory(providerUri)) {
      throw new DataException(
          "the data folder "
              + providerUri
              + " does not exist: correct provider_uri, or make the data with import-csv");
    }
    DataLayout layout = new DataLayout(providerUri);
    if (!Files.isRegularFile(layout.calendar())) {
      throw new DataException(
          "the data folder "
              + providerUri
              + " has no calendar calendars/day.txt: it is not in Qlib's layout; make it with"
              + " import-csv");
    }
    TradingCalendar future =
        Files.isRegularFile(layout.futureCalendar()) ? readCalendar(layout.futureCalendar()) : null;
    return new DataStore(layout, readCalendar(layout.calendar()), future);
  }

  /** The days that the data covers. */
  public TradingCalendar calendar() {
    return calendar;
  }

  /** The days known ahead, past and future, if the folder has {@code day_future.txt}. */
  public Optional<TradingCalendar> futureCalendar() {
    return Optional.ofNullable(futureCalendar);
  }

  /**
   * The instruments of a market: {@code instruments/<market>.txt}, one span a line.
   *
   * @throws DataException if the list is missing, broken or empty
   */
  public Universe universe(String market) {
    Path file = layout.instruments(market);
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          "market \""
              + market
              + "\" has no instrument list "
              + file
              + (markets().isEmpty()
                  ? ": the folder holds no such list at all"
                  : Nearest.hint(market, markets())
                      + ": there are "
                      + String.join(", ", markets())));
    }
    Map<String, List<Universe.Span>> spans = new LinkedHashMap<>();
    List<String> lines = readLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        addSpan(spans, lines.get(i), file, i + 1);
      }
    }
    if (spans.isEmpty()) {
      throw new DataException(
          "the instrument list " + file + " is empty: name at least one instrument");
    }
    return new Universe(
        spans.entrySet().stream()
            .map(member -> new Universe.Member(member.getKey(), member.getValue()))
            .toList());
  }

  /**
   * Instruments by name, each over the whole calendar.
   *
   * @throws DataException if the list is empty or names an instrument twice
   */
  public Universe universe(List<String> symbols) {
    List<Universe.Span> whole = List.of(new Universe.Span(calendar.first(), calendar.last()));
    return new Universe(
        symbols.stream().map(symbol -> new Universe.Member(symbol, whole)).toList());
  }

  /** Names of the markets that have an instrument list, in alphabetical order. */
  private List<String> markets() {
    return names(layout.instruments())
        .filter(name -> name.endsWith(".txt"))
        .map(name -> name.substring(0, name.length() - ".txt".length()))
        .sorted()
        .toList();
  }

  /** What a folder holds; nothing if it is not there. */
  private static Stream<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** Whether the folder holds bars of an instrument. */
  public boolean holds(String symbol) {
    return Files.isDirectory(layout.features(symbol));
  }

  /** Names of the instruments that the folder holds bars of, in capitals, in no order. */
  public List<String> held() {
    return names(layout.features()).map(name -> name.toUpperCase(Locale.ROOT)).toList();
  }

  /** Whether the folder has a file of a field of an instrument. */
  public boolean has(String symbol, String field) {
    return Files.isRegularFile(layout.field(symbol, field));
  }

  /** Names of the fields that an instrument has files of, without {@code $}. */
  public Set<String> fields(String symbol) {
    return names(layout.features(symbol))
        .filter(name -> name.endsWith(DataLayout.FIELD_FILE))
        .map(name -> name.substring(0, name.length() - DataLayout.FIELD_FILE.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * One field of one instrument. A missing file is an empty series, as in Qlib.
   *
   * @param field for example {@code close}, without {@code $}
   * @throws DataException if the file is truncated or does not fit the calendar
   */
  public Series read(String symbol, String field) {
    return BinFile.read(layout.field(symbol, field), calendar.size());
  }

  /**
   * A hash of what the folder holds now: the contents of calendars and instrument lists, and name,
   * size and time of change of each field file. Equal versions mean equal data unless a file was
   * changed without a trace; copying a folder gives it another version. Computed anew by each call.
   */
  public String version() {
    return DataVersion.of(layout);
  }

  /**
   * A hash of everything the folder holds, byte for byte. Equal contents mean equal data, wherever
   * the folder is. Reads all of it.
   */
  public String contents() {
    return DataVersion.contents(layout);
  }

  private static void addSpan(
      Map<String, List<Universe.Span>> spans, String line, Path file, int number) {
    String[] parts = line.split("\t", -1);
    if (parts.length < 3) {
      throw new DataException(
          file
              + " line "
              + number
              + ": expected SYMBOL<tab>first<tab>last, found \""
              + line
              + "\"");
    }
    try {
      DataLayout.checkSymbol(parts[0]);
      Universe.Span span = new Universe.Span(date(parts[1]), date(parts[2]));
      spans.computeIfAbsent(parts[0], symbol -> new ArrayList<>()).add(span);
    } catch (DateTimeParseException | IllegalArgumentException | DataException e) {
      throw new DataException(file + " line " + number + ": " + e.getMessage(), e);
    }
  }

  private static TradingCalendar readCalendar(Path file) {
    List<String> lines = readLines(file);
    List<LocalDate> days = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        days.add(date(lines.get(i)));
      } catch (DateTimeParseException e) {
        throw new DataException(
            file + " line " + (i + 1) + ": \"" + lines.get(i) + "\" is not a day like 2020-12-31",
            e);
      }
    }
    try {
      return new TradingCalendar(days);
    } catch (IllegalArgumentException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }

  /** Some writers append the time of day; only the day counts. */
  private static LocalDate date(String text) {
    String trimmed = text.strip();
    return LocalDate.parse(
        trimmed.endsWith(" 00:00:00") ? trimmed.substring(0, trimmed.length() - 9) : trimmed);
  }

  private static List<String> readLines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new DataException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
