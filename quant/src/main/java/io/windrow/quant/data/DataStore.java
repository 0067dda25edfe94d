package io.windrow.quant.data;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.calendar.Frequency;
import io.windrow.quant.calendar.TradingCalendar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Daily market data in Qlib's folder layout, read only. The calendars are read when the store is
 * opened, everything else when asked for. Safe for use by several threads, and while {@link
 * CsvImporter#update} extends the folder: what is new then is not seen. Bars of other frequencies
 * are read by {@link BarStore}.
 */
public final class DataStore {

  private final DataFolder folder;
  private final TradingCalendar calendar;
  private final @Nullable TradingCalendar futureCalendar;

  private DataStore(DataFolder folder) {
    this.folder = folder;
    calendar = days(folder.bars());
    futureCalendar = folder.future().map(DataStore::days).orElse(null);
  }

  private static TradingCalendar days(BarCalendar bars) {
    return new TradingCalendar(bars.times().map(LocalDateTime::toLocalDate).toList());
  }

  /**
   * Opens the folder that {@code provider_uri} names.
   *
   * @throws DataException if the folder or its calendar is missing or broken
   */
  public static DataStore open(Path providerUri) {
    return new DataStore(DataFolder.open(providerUri, Frequency.DAILY));
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
    return new Universe(
        folder.instruments(market).entrySet().stream()
            .map(
                instrument ->
                    new Universe.Member(
                        instrument.getKey(),
                        instrument.getValue().stream().map(DataStore::span).toList()))
            .toList());
  }

  private static Universe.Span span(TimeSpan span) {
    return new Universe.Span(span.first().toLocalDate(), span.last().toLocalDate());
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

  /** Whether the folder holds bars of an instrument. */
  public boolean holds(String symbol) {
    return folder.holds(symbol);
  }

  /** Names of the instruments that the folder holds bars of, in capitals. */
  public List<String> held() {
    return folder.unlisted(Set.of()).stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
  }

  /** Whether the folder has a file of a field of an instrument. */
  public boolean has(String symbol, String field) {
    return Files.isRegularFile(folder.layout().field(symbol, field));
  }

  /** Names of the fields that an instrument has files of, without {@code $}, in order. */
  public List<String> fields(String symbol) {
    return folder.fields(symbol);
  }

  /**
   * One field of one instrument, in memory. A missing file is an empty series, as in Qlib.
   *
   * @param field for example {@code close}, without {@code $}
   * @throws DataException if the file is truncated or does not fit the calendar
   */
  public Series read(String symbol, String field) {
    return stored(symbol, field).load();
  }

  /**
   * One field of one instrument, to take parts of. A missing file is an empty series.
   *
   * @param field for example {@code close}, without {@code $}
   * @throws DataException if the file is truncated or does not fit the calendar
   */
  public StoredSeries stored(String symbol, String field) {
    return folder.open(symbol, field);
  }

  /**
   * A hash of what the folder holds now: the contents of calendars and instrument lists, and name,
   * size and time of change of each field file. Equal versions mean equal data unless a file was
   * changed without a trace; copying a folder gives it another version. Computed anew by each call.
   */
  public String version() {
    return DataVersion.of(folder.layout());
  }

  /**
   * A hash of everything the folder holds, byte for byte. Equal contents mean equal data, wherever
   * the folder is. Reads all of it.
   */
  public String contents() {
    return DataVersion.contents(folder.layout());
  }
}
