package io.windrow.quant.data;

import io.windrow.quant.calendar.TradingCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Writes market data in Qlib's folder layout, byte for byte as Qlib's own {@code dump_bin} does.
 * Files are overwritten; nothing else in the folder is touched.
 */
public final class DataStoreWriter {

  private final DataLayout layout;

  /**
   * Writes below a folder.
   *
   * @param root the folder that {@code provider_uri} will name; made when needed
   */
  public DataStoreWriter(Path root) {
    layout = new DataLayout(root);
  }

  /** Writes {@code calendars/day.txt}. */
  public void calendar(TradingCalendar calendar) {
    lines(layout.calendar(), calendar.days().stream().map(LocalDate::toString).toList());
  }

  /** Writes {@code instruments/<market>.txt}. */
  public void instruments(String market, Universe universe) {
    lines(
        layout.instruments(market),
        universe.members().stream()
            .flatMap(
                member ->
                    member.spans().stream()
                        .map(span -> member.symbol() + "\t" + span.first() + "\t" + span.last()))
            .toList());
  }

  /**
   * Writes one field of one instrument.
   *
   * @param field for example {@code close}
   */
  public void series(String symbol, String field, Series series) {
    Path file = layout.field(symbol, field);
    try {
      Files.createDirectories(file.getParent());
      BinFile.write(file, series);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static void lines(Path file, List<String> lines) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static DataException failed(Path file, IOException e) {
    return new DataException("cannot write " + file + ": " + e, e);
  }
}
