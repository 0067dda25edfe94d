package io.windrow.quant.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.calendar.Frequency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are long enough to be mapped. */
class MappedSeriesTest {

  private static final Frequency MINUTES = Frequency.parse("1min");
  private static final int BARS = 20_000;
  private static final int START = 5;

  @TempDir private Path folder;
  private Path bin;
  private StoredSeries series;

  @BeforeEach
  void write() {
    DataStoreWriter writer = new DataStoreWriter(folder, MINUTES);
    LocalDateTime first = LocalDateTime.of(2020, 1, 2, 9, 30);
    writer.calendar(
        new BarCalendar(IntStream.range(0, BARS).mapToObj(first::plusMinutes).toList()));
    float[] values = new float[BARS - START];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    values[1] = Float.NaN;
    writer.series("A", "close", new Series(START, values));
    bin = folder.resolve("features/a/close.1min.bin");
    series = BarStore.open(folder, MINUTES).stored("A", "close");
  }

  @Test
  void gives_the_same_values_as_a_series_in_memory() {
    assertThat(series).isInstanceOf(MappedSeries.class);
    assertThat(series.start()).isEqualTo(START);
    assertThat(series.end()).isEqualTo(BARS);
    Series loaded = series.load();
    assertThat(loaded.start()).isEqualTo(START);
    assertThat(loaded.values()).hasSize(BARS - START).startsWith(0, Float.NaN, 2);
    for (int first : new int[] {START, START + 1, 12_345, BARS - 1, BARS}) {
      for (int end : new int[] {first, Math.min(first + 4096, BARS), BARS}) {
        assertThat(series.doubles(first, end)).isEqualTo(loaded.doubles(first, end));
      }
    }
  }

  @Test
  void nothing_lies_outside() {
    assertThatThrownBy(() -> series.doubles(START - 1, BARS))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> series.doubles(START, BARS + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> series.load().doubles(START, BARS + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void a_file_that_was_shortened_is_an_error_and_not_zeros() throws IOException {
    try (FileChannel channel = FileChannel.open(bin, StandardOpenOption.WRITE)) {
      channel.truncate(40_000);
    }

    assertThatThrownBy(() -> series.doubles(START, BARS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("close.1min.bin became another file while it was read");
    assertThatThrownBy(series::load).isInstanceOf(DataException.class);
  }

  @Test
  void a_file_that_is_cut_under_the_copy_is_an_error_every_time() throws IOException {
    byte[] bytes = Files.readAllBytes(bin);
    MappedSeries mapped = (MappedSeries) series;
    // The copy is compiled after a while; the fault of a missing page comes late then.
    for (int i = 0; i < 50; i++) {
      Files.write(bin, bytes);
      mapped.doubles(START, BARS);
      assertThatThrownBy(() -> mapped.copy(START, BARS, this::cutAndRead))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("became another file");
    }
  }

  private void cutAndRead(FloatBuffer floats) {
    try (FileChannel channel = FileChannel.open(bin, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    floats.get(0, new float[BARS - START]);
  }

  @Test
  void a_file_that_was_replaced_by_another_one_is_told_from_its_beginning() {
    new DataStoreWriter(folder, MINUTES).series("A", "close", new Series(0, new float[BARS]));

    assertThatThrownBy(() -> series.doubles(START, START + 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("became another file");
  }

  @Test
  void what_lies_beyond_an_older_calendar_is_not_there() throws IOException {
    Path calendar = folder.resolve("calendars/1min.txt");
    byte[] all = Files.readAllBytes(calendar);
    for (int bars : new int[] {3, 100}) {
      Files.writeString(
          calendar, String.join("\n", Files.readAllLines(calendar).subList(0, bars)) + "\n");
      BarStore older = BarStore.open(folder, MINUTES);
      Files.write(calendar, all);

      StoredSeries seen = older.stored("A", "close");
      assertThat(seen.load().values()).hasSize(Math.max(0, bars - START));
      assertThat(seen.isEmpty()).isEqualTo(bars < START);
    }
  }

  @Test
  void a_file_that_is_gone_is_an_error() throws IOException {
    Files.delete(bin);

    assertThatThrownBy(series::load)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot read");
  }
}
