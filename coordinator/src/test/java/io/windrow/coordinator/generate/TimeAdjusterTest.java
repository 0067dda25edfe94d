package io.windrow.coordinator.generate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.coordinator.workflow.MarketFolder;
import io.windrow.quant.data.DataStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TimeAdjusterTest {
  private static final Map<String, Class<? extends CalendarException>> ERRORS =
      Map.of(
          "IndexError", CalendarException.OutsideCalendar.class,
          "KeyError", CalendarException.ShiftedOut.class,
          "AssertionError", CalendarException.TruncatedAway.class,
          "TypeError", CalendarException.OpenEnd.class);

  private final TimeAdjuster adjuster = new TimeAdjuster(NyseCalendar.days());

  @TestFactory
  Stream<DynamicTest> answersAsQlibDoes() {
    List<JsonNode> calls = new ArrayList<>();
    golden().get("time_adjuster").forEach(calls::add);
    assertThat(calls).hasSize(95);
    return calls.stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.get("op").asString() + call.get("args"), () -> check(call)));
  }

  private void check(JsonNode call) {
    if (onTheFirstDay(call)) {
      assertThat(answer(call)).isEqualTo(plain(call.get("args").get(0)));
    } else if (call.has("error")) {
      assertThatThrownBy(() -> answer(call))
          .isInstanceOf(requireNonNull(ERRORS.get(call.get("error").asString())));
    } else {
      assertThat(answer(call)).isEqualTo(plain(call.get("result")));
    }
  }

  /** Qlib's assertion fails there; the segment stays as it is, as it lies before the limit. */
  private static boolean onTheFirstDay(JsonNode call) {
    return call.path("error").asString("").equals("AssertionError")
        && call.get("args").get(0).get(0).asString().equals("2007-01-03");
  }

  private @Nullable Object answer(JsonNode call) {
    JsonNode args = call.get("args");
    return switch (call.get("op").asString()) {
      case "get" -> text(adjuster.get(args.get(0).asInt()));
      case "max" -> text(adjuster.max());
      case "align_idx" -> adjuster.alignIndex(date(args.get(0)), alignment(args.get(1)));
      case "align_time" -> text(adjuster.alignTime(date(args.get(0)), alignment(args.get(1))));
      case "align_seg" -> pair(adjuster.alignSegment(segment(args)));
      case "cal_interval" -> adjuster.interval(date(args.get(0)), date(args.get(1)));
      case "shift" ->
          pair(
              adjuster.shift(
                  segment(args.get(0)),
                  args.get(1).asInt(),
                  RollType.valueOf(args.get(2).asString().toUpperCase(Locale.ROOT))));
      case "truncate" ->
          pair(adjuster.truncate(segment(args.get(0)), date(args.get(1)), args.get(2).asInt()));
      default -> throw new AssertionError("an operation the test does not know: " + call);
    };
  }

  @Test
  void indexBeforeTheCalendarWrapsRound() {
    assertThat(adjuster.get(-1)).isEqualTo(LocalDate.of(2021, 4, 21));
    assertThat(adjuster.get(null)).isNull();
    assertThatThrownBy(() -> adjuster.get(-3601))
        .isInstanceOf(CalendarException.OutsideCalendar.class);
  }

  @Test
  void truncationReachesTheFirstDayButNotBeyond() {
    LocalDate first = LocalDate.of(2007, 1, 3);
    Segment segment = new Segment(LocalDate.of(2000, 1, 1), LocalDate.of(2007, 1, 31));

    assertThat(adjuster.truncate(segment, LocalDate.of(2007, 1, 8), 2))
        .isEqualTo(new Segment(first, LocalDate.of(2007, 1, 4)));
    assertThat(adjuster.truncate(segment, LocalDate.of(2007, 1, 8), 3))
        .isEqualTo(new Segment(first, first));
    assertThatThrownBy(() -> adjuster.truncate(segment, LocalDate.of(2007, 1, 8), 4))
        .isInstanceOf(CalendarException.TruncatedAway.class)
        .hasMessageContaining("it would end before 2007-01-03, the first day of the calendar");
  }

  @Test
  void takesTheDaysKnownAheadIfAskedAndGiven(@TempDir Path root) throws Exception {
    MarketFolder.create(root, "market", NyseCalendar.days());
    assertThat(TimeAdjuster.of(DataStore.open(root.resolve("market")), true).max())
        .isEqualTo(LocalDate.of(2021, 4, 21));

    Path calendars = root.resolve("market/calendars");
    String days = Files.readString(calendars.resolve("day.txt"));
    Files.writeString(calendars.resolve("day_future.txt"), days + "2021-04-22\n2021-04-23\n");
    DataStore store = DataStore.open(root.resolve("market"));

    assertThat(TimeAdjuster.of(store, true).max()).isEqualTo(LocalDate.of(2021, 4, 23));
    assertThat(TimeAdjuster.of(store, false).max()).isEqualTo(LocalDate.of(2021, 4, 21));
  }

  @Test
  void anEndTruncatesTheCalendarAndNullRestoresIt() {
    TimeAdjuster until2016 = adjuster.withEnd(LocalDate.of(2016, 1, 2));

    assertThat(until2016.max()).isEqualTo(LocalDate.of(2015, 12, 31));
    assertThat(until2016.withEnd(null).max()).isEqualTo(LocalDate.of(2021, 4, 21));
    assertThatThrownBy(() -> adjuster.withEnd(LocalDate.of(2007, 1, 2)))
        .isInstanceOf(CalendarException.OutsideCalendar.class);
  }

  static JsonNode golden() {
    InputStream in =
        requireNonNull(TimeAdjusterTest.class.getResourceAsStream("/golden/rolling.json"));
    return JsonMapper.builder().build().readTree(in);
  }

  static @Nullable LocalDate date(JsonNode node) {
    return node.isNull() ? null : LocalDate.parse(node.asString());
  }

  static Segment segment(JsonNode node) {
    return new Segment(date(node.get(0)), date(node.get(1)));
  }

  private static Alignment alignment(JsonNode node) {
    return Alignment.valueOf(node.asString().toUpperCase(Locale.ROOT));
  }

  private static @Nullable String text(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }

  private static List<@Nullable String> pair(Segment segment) {
    return Arrays.asList(text(segment.start()), text(segment.end()));
  }

  private static @Nullable Object plain(JsonNode node) {
    return JsonMapper.builder().build().convertValue(node, Object.class);
  }
}
