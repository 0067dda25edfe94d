package io.windrow.quant.backtest;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.evaluate.ScoreSeries;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Five days of two stocks, A and B, and of an index. They have closes and nothing else. */
public final class TinyMarket {

  public static final LocalDate FIRST = LocalDate.of(2020, 1, 6);

  /** A is the better one on the first two days, B on the third. */
  public static final ScoreSeries SCORES =
      ScoreSeries.builder()
          .add(FIRST, "A", 2)
          .add(FIRST, "B", 1)
          .add(FIRST.plusDays(1), "A", 2)
          .add(FIRST.plusDays(1), "B", 1)
          .add(FIRST.plusDays(2), "A", 1)
          .add(FIRST.plusDays(2), "B", 2)
          .add(FIRST.plusDays(4), "A", 1)
          .build();

  private TinyMarket() {}

  /** Writes the data. */
  public static DataStoreWriter write(Path folder) {
    DataStoreWriter writer = new DataStoreWriter(folder);
    TradingCalendar calendar =
        new TradingCalendar(IntStream.range(0, 5).mapToObj(FIRST::plusDays).toList());
    writer.calendar(calendar);
    List<Universe.Span> all = List.of(new Universe.Span(calendar.first(), calendar.last()));
    writer.instruments(
        "all",
        new Universe(Stream.of("A", "B").map(symbol -> new Universe.Member(symbol, all)).toList()));
    close(writer, "A", 10, 10, 11, 12, 12);
    close(writer, "B", 20, 20, 20, 25, 30);
    close(writer, "INDEX", 100, 101, 101, Float.NaN, 102);
    return writer;
  }

  static void close(DataStoreWriter writer, String symbol, float... values) {
    writer.series(symbol, "close", new Series(0, values));
  }
}
