package io.windrow.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.windrow.cli.terminal.Progress;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on few instruments, with few rounds. */
class JobBenchIT {
  private static final List<String> SYMBOLS = List.of("A", "B", "C", "D");

  @TempDir private Path folder;

  @Test
  void runs_all_windows_both_ways() {
    Path data = folder.resolve("data");
    write(data);
    StringWriter shown = new StringWriter();

    JobBenchResult result;
    try (Progress progress = Progress.of("bench", new PrintWriter(shown))) {
      result = JobBench.run(data, 2, 1, progress);
    }

    assertThat(result.windows()).isEqualTo(3);
    assertThat(result.rounds()).isEqualTo(2);
    assertThat(shown.toString()).contains("shared: data").contains("9 of 9 (per window: data");
    for (JobBenchResult.Side side : List.of(result.shared(), result.perWindow())) {
      assertThat(side.data() + side.train() + side.rest()).isCloseTo(side.total(), offset(1e-6));
      assertThat(side.train()).isPositive();
    }
    assertThat(result.firstWindow()).isBetween(0.0, result.shared().data());
    assertThat(result.dataRatio())
        .isCloseTo(result.perWindow().data() / result.shared().data(), offset(1e-6));
    assertThat(result.fromFiles()).isPositive();
  }

  /** Weekdays from 2007 to 180 days after the start of 2017. */
  private static void write(Path data) {
    LocalDate test = LocalDate.of(2017, 1, 3);
    List<LocalDate> days =
        Stream.iterate(LocalDate.of(2007, 1, 3), day -> day.plusDays(1))
            .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
            .takeWhile(day -> day.isBefore(test.plusDays(245)))
            .toList();
    DataStoreWriter writer = new DataStoreWriter(data);
    TradingCalendar calendar = new TradingCalendar(days);
    writer.calendar(calendar);
    List<Universe.Span> all = List.of(new Universe.Span(calendar.first(), calendar.last()));
    writer.instruments(
        "all", new Universe(SYMBOLS.stream().map(s -> new Universe.Member(s, all)).toList()));
    Random random = new Random(3);
    for (String symbol : SYMBOLS) {
      for (String field : List.of("open", "high", "low", "close", "volume")) {
        float[] values = new float[days.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = 10 + random.nextFloat();
        }
        writer.series(symbol, field, new Series(0, values));
      }
    }
  }
}
