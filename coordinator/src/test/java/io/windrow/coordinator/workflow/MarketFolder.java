package io.windrow.coordinator.workflow;

import io.windrow.quant.calendar.TradingCalendar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Collectors;

/** A folder in Qlib's layout that has a calendar and an instrument list, and no bars. */
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
