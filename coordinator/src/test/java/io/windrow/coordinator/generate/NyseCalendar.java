package io.windrow.coordinator.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.windrow.quant.calendar.TradingCalendar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/** The 3,600 NYSE trading days that the golden windows were made with. */
public final class NyseCalendar {
  private static final LocalDate FIRST = LocalDate.of(2007, 1, 3);
  private static final LocalDate LAST = LocalDate.of(2021, 4, 21);

  private NyseCalendar() {}

  /** All weekdays that are not listed as closed. */
  public static TradingCalendar days() {
    Set<LocalDate> closed = closed();
    return new TradingCalendar(
        FIRST
            .datesUntil(LAST.plusDays(1))
            .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
            .filter(day -> !closed.contains(day))
            .toList());
  }

  private static Set<LocalDate> closed() {
    Set<LocalDate> closed = new HashSet<>();
    try (InputStream in =
            requireNonNull(NyseCalendar.class.getResourceAsStream("/nyse-closed.txt"));
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line; (line = reader.readLine()) != null; ) {
        if (!line.startsWith("#")) {
          String year = line.substring(0, 4);
          for (String day : line.substring(5).split(" ", -1)) {
            closed.add(LocalDate.parse(year + "-" + day));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return closed;
  }
}
