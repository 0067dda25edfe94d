package io.windrow.coordinator.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The calendar of the tests is the one the golden windows were made with. */
class NyseCalendarTest {

  @Test
  void hasTheDaysOfTheSharedBars() throws Exception {
    Path file = shared().resolve("data/us100/AAPL.csv");
    assumeTrue(
        Files.isRegularFile(file),
        () -> "no " + file + ": put the shared data there or set WINDROW_SHARED to its folder");

    List<LocalDate> days;
    try (Stream<String> lines = Files.lines(file)) {
      days =
          lines
              .skip(1)
              .map(line -> LocalDate.parse(line.substring(0, 10)))
              .sorted()
              .distinct()
              .toList();
    }

    assertThat(NyseCalendar.days().days()).isEqualTo(days);
  }

  @Test
  void hasTheDaysThatTheGoldenFileSays() {
    assertThat(NyseCalendar.days().size()).isEqualTo(3600);
    assertThat(NyseCalendar.days().first()).isEqualTo(LocalDate.of(2007, 1, 3));
    assertThat(NyseCalendar.days().last()).isEqualTo(LocalDate.of(2021, 4, 21));
  }

  private static Path shared() {
    return Path.of(
        Optional.ofNullable(System.getProperty("WINDROW_SHARED"))
            .or(() -> Optional.ofNullable(System.getenv("WINDROW_SHARED")))
            .orElse("../../shared"));
  }
}
