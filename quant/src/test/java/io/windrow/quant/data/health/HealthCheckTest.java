package io.windrow.quant.data.health;

import static io.windrow.quant.data.health.FindingKind.ALL_MISSING;
import static io.windrow.quant.data.health.FindingKind.BROKEN_FILE;
import static io.windrow.quant.data.health.FindingKind.BROKEN_LIST;
import static io.windrow.quant.data.health.FindingKind.CALENDAR;
import static io.windrow.quant.data.health.FindingKind.FUTURE_CALENDAR;
import static io.windrow.quant.data.health.FindingKind.GAP;
import static io.windrow.quant.data.health.FindingKind.HOLE;
import static io.windrow.quant.data.health.FindingKind.INFINITE;
import static io.windrow.quant.data.health.FindingKind.JUMP;
import static io.windrow.quant.data.health.FindingKind.LISTED_WITHOUT_FILES;
import static io.windrow.quant.data.health.FindingKind.MISSING_FACTOR;
import static io.windrow.quant.data.health.FindingKind.MISSING_FIELD;
import static io.windrow.quant.data.health.FindingKind.NEGATIVE_VOLUME;
import static io.windrow.quant.data.health.FindingKind.NOT_POSITIVE;
import static io.windrow.quant.data.health.FindingKind.ORDER;
import static io.windrow.quant.data.health.FindingKind.OUTSIDE_SPAN;
import static io.windrow.quant.data.health.FindingKind.SHORT;
import static io.windrow.quant.data.health.FindingKind.UNEQUAL_DAYS;
import static io.windrow.quant.data.health.FindingKind.UNFINISHED_UPDATE;
import static io.windrow.quant.data.health.FindingKind.UNLISTED;
import static io.windrow.quant.data.health.FindingKind.VOLUME_JUMP;
import static io.windrow.quant.data.health.FindingKind.ZERO_VOLUME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.calendar.Frequency;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.TimeSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each finding on a folder that is faultless but for it. */
class HealthCheckTest {

  private static final int DAYS = 10;
  private static final float NAN = Float.NaN;
  private static final List<String> FIELDS =
      List.of("open", "high", "low", "close", "volume", "factor");

  @TempDir private Path folder;
  private DataStoreWriter writer;
  private BarCalendar calendar;
  private FolderHealth health;

  @BeforeEach
  void faultless() {
    writer = new DataStoreWriter(folder);
    calendar = calendar(DAYS);
    writer.calendar(calendar);
    list(0, DAYS - 1);
    FIELDS.forEach(field -> write(field, 0, field.equals("volume") ? 1000 : 10));
  }

  private static BarCalendar calendar(int days) {
    LocalDateTime first = LocalDateTime.of(2020, 1, 1, 0, 0);
    return new BarCalendar(IntStream.range(0, days).mapToObj(first::plusDays).toList());
  }

  private void list(int first, int last) {
    TreeMap<String, List<TimeSpan>> list = new TreeMap<>();
    list.put("A", List.of(new TimeSpan(calendar.time(first), calendar.time(last))));
    writer.instruments("all", list);
  }

  /** A field on all days, the same but for some. */
  private void write(String field, int from, float usual, float... first) {
    float[] values = new float[DAYS - from];
    Arrays.fill(values, usual);
    System.arraycopy(first, 0, values, 0, first.length);
    writer.series("A", field, new Series(from, values));
  }

  private List<Finding> check(HealthLimits limits) {
    List<Finding> findings = new ArrayList<>();
    health =
        new HealthCheck(limits)
            .run(folder, Frequency.DAILY, each -> findings.addAll(each.findings()));
    findings.addAll(0, health.findings());
    return findings;
  }

  private Finding only(FindingKind kind) {
    List<Finding> findings = check(HealthLimits.DEFAULT);
    assertThat(findings).map(Finding::kind).containsExactly(kind);
    return findings.get(0);
  }

  private Set<FindingKind> kinds() {
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    check(HealthLimits.DEFAULT).forEach(finding -> kinds.add(finding.kind()));
    return kinds;
  }

  @Test
  void nothing_is_found_where_nothing_is_wrong() {
    List<InstrumentHealth> each = new ArrayList<>();

    FolderHealth found =
        new HealthCheck(HealthLimits.DEFAULT).run(folder, Frequency.DAILY, each::add);

    assertThat(found).isEqualTo(new FolderHealth(DAYS, "2020-01-01", "2020-01-10", 1, List.of()));
    assertThat(each).singleElement().satisfies(a -> assertThat(a.findings()).isEmpty());
    assertThat(each.get(0).coverage()).hasSize(InstrumentHealth.CELLS).containsOnly(100);
  }

  @Test
  void a_calendar_that_cannot_be_read() throws IOException {
    Files.writeString(folder.resolve("calendars/day.txt"), "2020-01-03\n2020-01-02\n");

    assertThat(only(CALENDAR).detail()).contains("must ascend");
    assertThat(health.bars()).isZero();
  }

  @Test
  void a_future_calendar_that_lacks_days() throws IOException {
    Path future = folder.resolve("calendars/day_future.txt");
    Files.copy(folder.resolve("calendars/day.txt"), future);
    assertThat(kinds()).isEmpty();

    Files.writeString(future, "2020-01-01\n2020-01-02\n");
    assertThat(only(FUTURE_CALENDAR).detail()).contains("2020-01-03");
    Files.writeString(future, "tomorrow\n");
    assertThat(only(FUTURE_CALENDAR).detail()).contains("line 1");
  }

  @Test
  void an_update_that_was_not_finished() throws IOException {
    Files.writeString(folder.resolve("calendars/.day.txt.next"), "2020-01-01\n");

    assertThat(only(UNFINISHED_UPDATE).severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void a_list_that_is_broken_and_none_at_all() throws IOException {
    Files.writeString(folder.resolve("instruments/few.txt"), "A 2020-01-01\n");
    assertThat(only(BROKEN_LIST).detail()).contains("few.txt line 1");

    Files.delete(folder.resolve("instruments/few.txt"));
    Files.delete(folder.resolve("instruments/all.txt"));
    assertThat(kinds()).containsExactlyInAnyOrder(BROKEN_LIST, UNLISTED);
  }

  @Test
  void what_is_listed_without_files_and_what_has_files_without_being_listed() throws IOException {
    Files.move(folder.resolve("features/a"), folder.resolve("features/b"));

    List<Finding> findings = check(HealthLimits.DEFAULT);

    assertThat(findings).map(Finding::kind).containsExactly(UNLISTED, LISTED_WITHOUT_FILES);
    assertThat(findings).map(Finding::instrument).containsExactly("b", "A");
  }

  @Test
  void files_that_are_cut_or_do_not_fit_the_calendar() throws IOException {
    Path bin = folder.resolve("features/a/factor.day.bin");
    Files.write(bin, new byte[7]);
    assertThat(only(BROKEN_FILE).detail()).contains("truncated: 7 bytes");
    writer.series("A", "factor", new Series(11, new float[] {1}));
    assertThat(only(BROKEN_FILE).detail()).contains("first value is at calendar index 11");
    writer.series("A", "factor", new Series(0, new float[DAYS + 1]));
    assertThat(only(BROKEN_FILE).detail()).contains("beyond the calendar's 10 days");
    Files.write(bin, new byte[4]);
    assertThat(kinds()).containsExactly(ALL_MISSING);
  }

  @Test
  void fields_that_are_missing() throws IOException {
    Files.delete(folder.resolve("features/a/factor.day.bin"));
    assertThat(only(MISSING_FACTOR).severity()).isEqualTo(Severity.WARNING);

    Files.delete(folder.resolve("features/a/volume.day.bin"));
    assertThat(kinds()).containsExactlyInAnyOrder(MISSING_FACTOR, MISSING_FIELD);
  }

  @Test
  void fields_of_unequal_days() {
    write("factor", 3, 1);
    assertThat(check(HealthLimits.DEFAULT))
        .filteredOn(finding -> finding.kind() == UNEQUAL_DAYS)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.first()).isEqualTo("2020-01-04");
              assertThat(finding.detail()).isEqualTo("close runs from 2020-01-01 to 2020-01-10");
            });

    write("volume", 3, 1000);
    assertThat(check(HealthLimits.DEFAULT))
        .anyMatch(f -> f.kind() == UNEQUAL_DAYS && f.severity() == Severity.ERROR);
  }

  @Test
  void files_that_are_shorter_than_the_list_says() {
    FIELDS.forEach(field -> write(field, 2, field.equals("volume") ? 1000 : 10));

    Finding found = only(SHORT);
    assertThat(found.count()).isEqualTo(2);
    assertThat(found.last()).isEqualTo("2020-01-02");
    list(2, 9);
    assertThat(kinds()).isEmpty();
  }

  @Test
  void values_outside_of_all_spans() {
    list(0, 7);

    Finding found = only(OUTSIDE_SPAN);
    assertThat(found.count()).isEqualTo(2);
    assertThat(found.firstBar()).isEqualTo(8);
  }

  @Test
  void a_field_without_any_value() {
    write("factor", 0, NAN);
    assertThat(only(ALL_MISSING).severity()).isEqualTo(Severity.WARNING);
    write("factor", 0, 1);
    write("open", 0, NAN);
    assertThat(only(ALL_MISSING).severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void infinite_values() {
    write("factor", 0, 1, 1, Float.POSITIVE_INFINITY, 1, Float.NEGATIVE_INFINITY);

    assertThat(check(HealthLimits.DEFAULT))
        .filteredOn(finding -> finding.kind() == INFINITE)
        .singleElement()
        .satisfies(finding -> assertThat(finding.count()).isEqualTo(2));
  }

  @Test
  void prices_that_are_not_above_0() {
    write("factor", 0, 1, 1, 0, -2);

    Finding found = only(NOT_POSITIVE);
    assertThat(found.count()).isEqualTo(2);
    assertThat(found.detail()).isEqualTo("the lowest is -2.0 on 2020-01-03");
  }

  @Test
  void volumes_of_0_and_below() {
    write("volume", 0, 1000, 0, 1000);
    assertThat(only(ZERO_VOLUME).first()).isEqualTo("2020-01-01");
    write("volume", 0, 1000, -1, 1000);
    assertThat(only(NEGATIVE_VOLUME).severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void prices_of_a_bar_out_of_order() {
    write("high", 0, 10, 10, 9);
    Finding found = only(ORDER);
    assertThat(found.count()).isEqualTo(1);
    assertThat(found.detail()).isEqualTo("on 2020-01-02 open 10.0, high 9.0, low 10.0, close 10.0");
    write("high", 0, 10, 9.99999f);
    assertThat(kinds()).isEmpty();
    write("low", 0, 10, 10, 10, 11);
    assertThat(only(ORDER).first()).isEqualTo("2020-01-03");
  }

  @Test
  void gaps_and_their_longest_run() {
    FIELDS.forEach(
        field -> {
          float usual = field.equals("volume") ? 1000 : 10;
          write(field, 0, usual, usual, NAN, usual, NAN, NAN, usual);
        });

    Finding found = only(GAP);
    assertThat(found.count()).isEqualTo(3);
    assertThat(found.detail()).isEqualTo("2 in all, the longest of 2 bars from 2020-01-04");
    assertThat(check(new HealthLimits(0.5, 20, 1)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.count()).isEqualTo(2));
    assertThat(check(new HealthLimits(0.5, 20, 2))).isEmpty();
  }

  @Test
  void a_hole_in_one_field() {
    write("close", 0, 10, 10, NAN);

    Finding found = only(HOLE);
    assertThat(found.field()).isEqualTo("close");
    assertThat(found.first()).isEqualTo("2020-01-02");
  }

  @Test
  void jumps_of_prices_beyond_the_threshold() {
    for (String field : List.of("open", "high", "low", "close")) {
      write(field, 0, 15, 10);
    }
    assertThat(kinds()).isEmpty();
    assertThat(check(new HealthLimits(0.4, 20, 0))).hasSize(4).allMatch(f -> f.kind() == JUMP);

    for (String field : List.of("open", "high", "low", "close")) {
      write(field, 0, 4, 10, NAN);
    }
    assertThat(check(HealthLimits.DEFAULT))
        .filteredOn(finding -> finding.kind() == JUMP)
        .hasSize(4)
        .allMatch(finding -> finding.detail().equals("the greatest is -60.0 % on 2020-01-03"));
  }

  @Test
  void jumps_of_the_volume() {
    write("volume", 0, 20_000, 1000);
    assertThat(kinds()).isEmpty();
    write("volume", 0, 21_000, 1000);
    assertThat(only(VOLUME_JUMP).detail())
        .isEqualTo("the greatest is 21.0 times the bar before on 2020-01-02");
  }

  @Test
  void coverage_says_where_values_are() {
    FIELDS.forEach(field -> write(field, 5, field.equals("volume") ? 1000 : 10));
    List<InstrumentHealth> each = new ArrayList<>();

    new HealthCheck(HealthLimits.DEFAULT).run(folder, Frequency.DAILY, each::add);

    List<Integer> coverage = each.get(0).coverage();
    assertThat(coverage.subList(0, 60)).containsOnly(0);
    assertThat(coverage.subList(60, 120)).containsOnly(100);
  }

  @Test
  void several_spans_and_lists_count_together() {
    TreeMap<String, List<TimeSpan>> list = new TreeMap<>();
    list.put(
        "A",
        List.of(
            new TimeSpan(calendar.time(0), calendar.time(3)),
            new TimeSpan(calendar.time(6), calendar.time(9))));
    writer.instruments("all", list);
    FIELDS.forEach(
        field -> {
          float usual = field.equals("volume") ? 1000 : 10;
          write(field, 0, usual, usual, usual, usual, usual, NAN, NAN, usual);
        });

    assertThat(kinds()).isEmpty();
    assertThat(health.instruments()).isEqualTo(1);
  }

  @Test
  void limits_must_make_sense() {
    assertThatThrownBy(() -> new HealthLimits(0, 20, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new HealthLimits(0.5, 1, 0)).hasMessageContaining("above 1");
    assertThatThrownBy(() -> new HealthLimits(0.5, 20, -1)).hasMessageContaining("not negative");
  }
}
