package io.windrow.quant.data;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.calendar.Frequency;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Market data of any frequency in Qlib's folder layout, read only: what {@link DataStore} is for
 * days, with bars told by date and time. The factors work on days alone. Safe for use by several
 * threads.
 */
public final class BarStore {

  private final DataFolder folder;

  private BarStore(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder.
   *
   * @throws DataException if the folder or the frequency's calendar is missing or broken
   */
  public static BarStore open(Path root, Frequency frequency) {
    return new BarStore(DataFolder.open(root, frequency));
  }

  public Frequency frequency() {
    return folder.frequency();
  }

  /** The bars that the data covers: {@code calendars/<frequency>.txt}. */
  public BarCalendar calendar() {
    return folder.bars();
  }

  /**
   * The bars known ahead, past and future, if the folder has {@code <frequency>_future.txt}.
   *
   * @throws DataException if it is broken
   */
  public Optional<BarCalendar> futureCalendar() {
    return folder.future();
  }

  /**
   * The instruments of a market, each with the spans in which it belongs, in the order of the
   * symbols: {@code instruments/<market>.txt}, one span a line.
   *
   * @throws DataException if the list is missing, broken or empty
   */
  public SortedMap<String, List<TimeSpan>> universe(String market) {
    return folder.instruments(market);
  }

  /** Names of the markets that have an instrument list, in alphabetical order. */
  public List<String> markets() {
    return folder.markets();
  }

  /** Whether the folder holds files of an instrument. */
  public boolean holds(String symbol) {
    return folder.holds(symbol);
  }

  /**
   * Folders of instruments that none of these symbols has, in alphabetical order.
   *
   * @throws DataException if the folder cannot be read
   */
  public List<String> unlisted(Set<String> symbols) {
    return folder.unlisted(symbols);
  }

  /** Whether an update goes on, or was killed before it was complete. */
  public boolean isUpdateUnfinished() {
    return Files.exists(folder.layout().nextCalendar());
  }

  /** A time as the files of this frequency have it. */
  public String text(LocalDateTime time) {
    return BarTime.format(time, folder.frequency());
  }

  /** Names of the fields that an instrument has, in alphabetical order. */
  public List<String> fields(String symbol) {
    return folder.fields(symbol);
  }

  /**
   * One field of one instrument. A missing file is an empty series.
   *
   * @param field for example {@code close}, without {@code $}
   * @throws DataException if the file is truncated or does not fit the calendar
   */
  public StoredSeries stored(String symbol, String field) {
    return folder.open(symbol, field);
  }
}
