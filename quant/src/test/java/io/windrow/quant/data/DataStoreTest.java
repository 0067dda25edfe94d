package io.windrow.quant.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.calendar.TradingCalendar;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataStoreTest {

  private static final TradingCalendar CALENDAR =
      new TradingCalendar(
          List.of(LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 3), LocalDate.of(2020, 1, 6)));

  @TempDir private Path folder;
  private Path bin;

  @BeforeEach
  void write() throws IOException {
    DataStoreWriter writer = new DataStoreWriter(folder);
    writer.calendar(CALENDAR);
    writer.series("A", "close", new Series(1, new float[] {2, Float.NaN}));
    Files.createDirectories(folder.resolve("instruments"));
    bin = folder.resolve("features/a/close.day.bin");
  }

  private Path instruments(String... lines) throws IOException {
    return Files.write(folder.resolve("instruments/all.txt"), List.of(lines));
  }

  @Test
  void reads_what_was_written() {
    DataStore data = DataStore.open(folder);

    assertThat(data.calendar()).isEqualTo(CALENDAR);
    assertThat(data.futureCalendar()).isEmpty();
    Series close = data.read("A", "CLOSE");
    assertThat(close.start()).isEqualTo(1);
    assertThat(close.values()).containsExactly(2, Float.NaN);
    assertThat(data.read("A", "vwap").isEmpty()).isTrue();
    assertThat(data.read("B", "close").isEmpty()).isTrue();
  }

  @Test
  void reads_a_future_calendar() throws IOException {
    Files.writeString(folder.resolve("calendars/day_future.txt"), "2020-01-02\n2020-01-10\n");

    assertThat(DataStore.open(folder).futureCalendar().orElseThrow().last())
        .isEqualTo("2020-01-10");
  }

  @Test
  void an_instrument_may_have_several_spans() throws IOException {
    instruments(
        "B\t2020-01-02\t2020-01-02", "A\t2020-01-02\t2020-01-03", "B\t2020-01-06\t2020-12-31");

    Universe universe = DataStore.open(folder).universe("all");

    assertThat(universe.symbols()).containsExactly("A", "B");
    assertThat(universe.members().get(1).holds(LocalDate.of(2020, 1, 3))).isFalse();
    assertThat(universe.members().get(1).holds(LocalDate.of(2020, 1, 6))).isTrue();
  }

  @Test
  void refuses_a_folder_that_is_not_there() {
    assertThatThrownBy(() -> DataStore.open(folder.resolve("nowhere")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere does not exist: correct provider_uri");
  }

  @Test
  void refuses_a_folder_without_calendar() throws IOException {
    Files.delete(folder.resolve("calendars/day.txt"));

    assertThatThrownBy(() -> DataStore.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no calendar calendars/day.txt");
  }

  @Test
  void names_the_line_of_a_bad_day() throws IOException {
    Files.writeString(folder.resolve("calendars/day.txt"), "2020-01-02\n2020-13-01\n");

    assertThatThrownBy(() -> DataStore.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("day.txt line 2: \"2020-13-01\" is not a date like 2020-12-31");
  }

  @Test
  void refuses_days_that_do_not_ascend_and_a_calendar_without_days() throws IOException {
    Files.writeString(folder.resolve("calendars/day.txt"), "2020-01-03\n2020-01-02\n");
    assertThatThrownBy(() -> DataStore.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("calendar times must ascend");

    Files.writeString(folder.resolve("calendars/day.txt"), "\n");
    assertThatThrownBy(() -> DataStore.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least one bar");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 7})
  void refuses_a_truncated_bin_file(int size) throws IOException {
    Files.write(bin, new byte[size]);

    assertThatThrownBy(() -> DataStore.open(folder).read("A", "close"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("close.day.bin is truncated: " + size + " bytes");
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 0.5f, 4, Float.NaN, Float.POSITIVE_INFINITY})
  void refuses_a_start_outside_the_calendar(float header) throws IOException {
    Files.write(bin, bytes(header));

    assertThatThrownBy(() -> DataStore.open(folder).read("A", "close"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the calendar has the indices 0 to 2");
  }

  @Test
  void refuses_a_bin_file_longer_than_the_calendar() throws IOException {
    Files.write(bin, bytes(2, 1, 1));
    assertThatThrownBy(() -> DataStore.open(folder).read("A", "close"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("beyond the calendar's 3 days");

    Files.write(bin, bytes(0, 1, 1, 1, 1));
    assertThatThrownBy(() -> DataStore.open(folder).read("A", "close"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "holds 4 values from calendar index 0 on, beyond the calendar's 3 days");
  }

  private static byte[] bytes(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  @Test
  void refuses_an_unknown_market_and_an_empty_list() throws IOException {
    DataStore data = DataStore.open(folder);
    assertThatThrownBy(() -> data.universe("csi300"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("market \"csi300\" has no instrument list");

    instruments("", " ");
    assertThatThrownBy(() -> data.universe("all"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all.txt is empty");
    assertThatThrownBy(() -> data.universe(List.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the instrument list is empty");
    assertThatThrownBy(() -> data.universe(List.of("A", "B", "A")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("A is listed twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A\t2020-01-02", "A\tx\t2020-01-03", "A\t2020-01-03\t2020-01-02"})
  void names_the_line_of_a_bad_instrument(String line) throws IOException {
    instruments("B\t2020-01-02\t2020-01-03", line);

    assertThatThrownBy(() -> DataStore.open(folder).universe("all"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all.txt line 2: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../a", "a/b", "a\\b", ".a", "a b", "C:", "a\u0000"})
  void no_symbol_leads_out_of_the_folder(String symbol) {
    DataStore data = DataStore.open(folder);

    assertThatThrownBy(() -> data.read(symbol, "close")).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> data.universe(List.of(symbol))).isInstanceOf(DataException.class);
  }

  @Test
  void no_market_and_no_field_leads_out_of_the_folder() {
    DataStore data = DataStore.open(folder);

    assertThatThrownBy(() -> data.universe("../all")).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> data.read("A", "../close")).isInstanceOf(DataException.class);
  }

  @Test
  void a_name_that_windows_reserves_gets_qlibs_prefix() {
    new DataStoreWriter(folder).series("CON", "close", new Series(0, new float[] {1}));

    assertThat(folder.resolve("features/_qlib_con/close.day.bin")).exists();
    assertThat(DataStore.open(folder).read("CON", "close").values()).containsExactly(1);
  }

  @Test
  void the_version_changes_with_calendar_instruments_and_field_files() throws IOException {
    instruments("A\t2020-01-02\t2020-01-03");
    DataStore data = DataStore.open(folder);
    String version = data.version();
    assertThat(data.version()).isEqualTo(version).hasSize(64);

    instruments("A\t2020-01-02\t2020-01-06");
    String other = data.version();
    assertThat(other).isNotEqualTo(version);
    Files.setLastModifiedTime(bin, FileTime.fromMillis(1));
    assertThat(data.version()).isNotEqualTo(other);
  }
}
