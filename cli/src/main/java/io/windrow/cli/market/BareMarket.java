package io.windrow.cli.market;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import java.nio.file.Path;
import java.util.List;

/**
 * The least that a workflow's market may be: days, one instrument, one bar. For tasks that do not
 * read it.
 */
public final class BareMarket {
  private BareMarket() {}

  /** Writes it to a folder. */
  public static void write(Path folder, TradingCalendar calendar) {
    DataStoreWriter writer = new DataStoreWriter(folder);
    writer.calendar(calendar);
    Universe.Span span = new Universe.Span(calendar.first(), calendar.last());
    writer.instruments("all", new Universe(List.of(new Universe.Member("A", List.of(span)))));
    // A market without any bars is refused.
    writer.series("A", "close", new Series(0, new float[] {1}));
  }
}
