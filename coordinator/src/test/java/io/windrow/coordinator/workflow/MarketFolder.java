package io.windrow.coordinator.workflow;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A folder in Qlib's layout that has a calendar, an instrument list and dull bars. */
public final class MarketFolder {
  private MarketFolder() {}

  /** Makes it under {@code root}, with one instrument. */
  public static void create(Path root, String name, TradingCalendar calendar) {
    try {
      Path folder = root.resolve(name);
      Files.createDirectories(folder.resolve("calendars"));
      Files.createDirectories(folder.resolve("instruments"));
      Files.writeString(
          folder.resolve("calendars/day.txt"),
          calendar.days().stream()
              .map(LocalDate::toString)
              .collect(Collectors.joining("\n", "", "\n")));
      Files.writeString(
          folder.resolve("instruments/all.txt"),
          "AAPL\t" + calendar.first() + "\t" + calendar.last() + "\n");
      float[] price = new float[calendar.size()];
      Arrays.fill(price, 10);
      for (String field : List.of("open", "high", "low", "close", "volume", "vwap")) {
        new DataStoreWriter(folder).series("AAPL", field, new Series(0, price));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
