package io.windrow.quant.data;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.calendar.Frequency;
import io.windrow.quant.calendar.TradingCalendar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes market data in Qlib's folder layout, byte for byte as Qlib's own {@code dump_bin} does.
 * Files are replaced, each at once; nothing else in the folder is touched.
 */
public final class DataStoreWriter {

  private final DataLayout layout;

  /**
   * Writes daily bars below a folder.
   *
   * @param root the folder that {@code provider_uri} will name; made when needed
   */
  public DataStoreWriter(Path root) {
    this(root, Frequency.DAILY);
  }

  /**
   * Writes bars of a frequency below a folder.
   *
   * @param root made when needed
   */
  public DataStoreWriter(Path root, Frequency frequency) {
    this(new DataLayout(root, frequency));
  }

  DataStoreWriter(DataLayout layout) {
    this.layout = layout;
  }

  /** Writes {@code calendars/day.txt}. */
  public void calendar(TradingCalendar calendar) {
    calendar(new BarCalendar(calendar.days().stream().map(LocalDate::atStartOfDay).toList()));
  }

  /** Writes {@code calendars/<frequency>.txt}. */
  public void calendar(BarCalendar calendar) {
    TextFile.writeCalendar(layout.calendar(), calendar, layout.frequency());
  }

  /** Writes {@code instruments/<market>.txt}. */
  public void instruments(String market, Universe universe) {
    SortedMap<String, List<TimeSpan>> instruments = new TreeMap<>();
    for (Universe.Member member : universe.members()) {
      instruments.put(
          member.symbol(),
          member.spans().stream()
              .map(span -> new TimeSpan(span.first().atStartOfDay(), span.last().atStartOfDay()))
              .toList());
    }
    instruments(market, instruments);
  }

  /**
   * Writes {@code instruments/<market>.txt}.
   *
   * @param instruments the spans by symbol
   */
  public void instruments(String market, SortedMap<String, List<TimeSpan>> instruments) {
    TextFile.writeInstruments(layout.instruments(market), instruments, layout.frequency());
  }

  /**
   * Writes one field of one instrument.
   *
   * @param field for example {@code close}
   */
  public void series(String symbol, String field, Series series) {
    Path file = layout.field(symbol, field);
    try {
      BinFile.write(file, series);
    } catch (IOException e) {
      throw new DataException("cannot write " + file + ": " + e, e);
    }
  }
}
