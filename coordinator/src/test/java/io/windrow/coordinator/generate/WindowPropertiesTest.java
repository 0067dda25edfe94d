package io.windrow.coordinator.generate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.calendar.TradingCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Trading-day arithmetic against a walk over the days one by one. */
class WindowPropertiesTest {
  private static final LocalDate ORIGIN = LocalDate.of(2020, 1, 1);
  private static final int SPAN = 120;

  /** Calendars with gaps of any kind. */
  @Provide
  Arbitrary<List<LocalDate>> calendars() {
    return Arbitraries.integers()
        .between(0, SPAN)
        .set()
        .ofMinSize(1)
        .ofMaxSize(60)
        .map(offsets -> offsets.stream().sorted().map(ORIGIN::plusDays).toList());
  }

  /** Days in the calendar and around it. */
  @Provide
  Arbitrary<LocalDate> dates() {
    return Arbitraries.integers().between(-10, SPAN + 10).map(ORIGIN::plusDays);
  }

  @Provide
  Arbitrary<Segment> segments() {
    return Combinators.combine(dates().injectNull(0.1), dates().injectNull(0.1)).as(Segment::new);
  }

  @Property
  void aStartIsTheFirstDayFromItOn(
      @ForAll("calendars") List<LocalDate> days, @ForAll("dates") LocalDate date) {
    int index = 0;
    while (index < days.size() && days.get(index).isBefore(date)) {
      index++;
    }

    TimeAdjuster adjuster = adjuster(days);

    assertThat(adjuster.alignIndex(date, Alignment.START)).isEqualTo(index);
    if (index < days.size()) {
      assertThat(adjuster.alignTime(date, Alignment.START)).isEqualTo(days.get(index));
    } else {
      assertThatThrownBy(() -> adjuster.alignTime(date, Alignment.START))
          .isInstanceOf(CalendarException.OutsideCalendar.class);
    }
  }

  @Property
  void anEndIsTheLastDayUpToIt(
      @ForAll("calendars") List<LocalDate> days, @ForAll("dates") LocalDate date) {
    int index = days.size() - 1;
    while (index >= 0 && days.get(index).isAfter(date)) {
      index--;
    }

    TimeAdjuster adjuster = adjuster(days);

    assertThat(adjuster.alignIndex(date, Alignment.END)).isEqualTo(index);
    assertThat(adjuster.alignTime(date, Alignment.END))
        .isEqualTo(index < 0 ? days.get(days.size() - 1) : days.get(index));
  }

  @Property
  void anIntervalIsTheNumberOfDaysWalked(
      @ForAll("calendars") List<LocalDate> days,
      @ForAll("dates") LocalDate a,
      @ForAll("dates") LocalDate b) {
    int walked = 0;
    for (LocalDate day : days) {
      if (day.isBefore(a) && !day.isBefore(b)) {
        walked++;
      } else if (!day.isBefore(a) && day.isBefore(b)) {
        walked--;
      }
    }

    assertThat(adjuster(days).interval(a, b)).isEqualTo(walked);
  }

  @Property
  void aShiftWalksEachEndDayByDay(
      @ForAll("calendars") List<LocalDate> days,
      @ForAll("segments") Segment segment,
      @ForAll @IntRange(max = 80) int step,
      @ForAll RollType type) {
    int beforeStart = count(days, segment.start(), false);
    int upToEnd = count(days, segment.end(), true);
    int start = beforeStart + (type == RollType.SLIDING ? step : 0);
    TimeAdjuster adjuster = adjuster(days);
    // An end before the calendar wraps round to its last day, which the golden calls hold.
    Assume.that(segment.end() == null || upToEnd + step >= 1);

    if (segment.start() != null && start > days.size()) {
      assertThatThrownBy(() -> adjuster.shift(segment, step, type))
          .isInstanceOf(CalendarException.ShiftedOut.class);
    } else {
      assertThat(adjuster.shift(segment, step, type))
          .isEqualTo(
              new Segment(
                  segment.start() == null ? null : nth(days, start + 1),
                  segment.end() == null ? null : nth(days, upToEnd + step)));
    }
  }

  @Property
  void twoShiftsAreOne(
      @ForAll @IntRange(max = 20) int from,
      @ForAll @IntRange(max = 20) int length,
      @ForAll @IntRange(max = 20) int one,
      @ForAll @IntRange(max = 20) int two,
      @ForAll RollType type) {
    List<LocalDate> days =
        IntStream.range(0, SPAN).filter(i -> i % 7 < 5).mapToObj(ORIGIN::plusDays).toList();
    TimeAdjuster adjuster = adjuster(days);
    Segment segment = new Segment(days.get(from), days.get(from + length));

    assertThat(adjuster.shift(adjuster.shift(segment, one, type), two, type))
        .isEqualTo(adjuster.shift(segment, one + two, type));
  }

  @Property
  void truncationKeepsItsDistanceAndMovesNothingElse(
      @ForAll("calendars") List<LocalDate> days,
      @ForAll("dates") LocalDate from,
      @ForAll("dates") LocalDate to,
      @ForAll("dates") LocalDate test,
      @ForAll @IntRange(max = 20) int gap) {
    List<LocalDate> allowed = new ArrayList<>(days.stream().filter(d -> d.isBefore(test)).toList());
    if (gap == 0 && allowed.size() < days.size()) {
      allowed.add(days.get(allowed.size()));
    }
    for (int i = 1; i < gap && !allowed.isEmpty(); i++) {
      allowed.remove(allowed.size() - 1);
    }
    TimeAdjuster adjuster = adjuster(days);
    Assume.that(gap > 0 || allowed.size() < days.size() || !test.isAfter(last(days)));

    if (allowed.isEmpty()) {
      assertThatThrownBy(() -> adjuster.truncate(new Segment(from, to), test, gap))
          .isInstanceOf(CalendarException.TruncatedAway.class);
    } else {
      assertThat(adjuster.truncate(new Segment(from, to), test, gap))
          .isEqualTo(new Segment(within(allowed, from), within(allowed, to)));
    }
  }

  @Property
  void testWindowsFollowOneAnotherWithoutGapOrOverlap(
      @ForAll @IntRange(min = 1, max = 40) int step,
      @ForAll @IntRange(min = 40, max = 119) int testStart,
      @ForAll @IntRange(max = 20) int gap,
      @ForAll RollType type) {
    List<LocalDate> days = IntStream.range(0, SPAN).mapToObj(ORIGIN::plusDays).toList();
    TaskDefinition template =
        TaskDefinition.of(Map.of("dataset", Map.of("kwargs", Map.of())))
            .withSegments(
                Map.of(
                    "train", new Segment(days.get(5), days.get(testStart - 1)),
                    "test", new Segment(days.get(testStart), null)));

    List<Map<String, Segment>> windows =
        new RollingGen(adjuster(days), last(days), step, type, gap)
            .generate(template)
            .map(TaskDefinition::segments)
            .toList();

    List<LocalDate> tested =
        windows.stream()
            .map(window -> requireNonNull(window.get("test")))
            .flatMap(test -> requireNonNull(test.start()).datesUntil(end(test, days).plusDays(1)))
            .collect(Collectors.toList());
    assertThat(tested).isEqualTo(days.subList(testStart, SPAN));
    assertThat(windows)
        .allSatisfy(
            window -> {
              LocalDate trained = requireNonNull(requireNonNull(window.get("train")).end());
              LocalDate begins = requireNonNull(requireNonNull(window.get("test")).start());
              assertThat(trained.plusDays(Math.max(gap, 1))).isEqualTo(begins);
            });
  }

  private static LocalDate end(Segment test, List<LocalDate> days) {
    return test.end() == null ? last(days) : test.end();
  }

  private static TimeAdjuster adjuster(List<LocalDate> days) {
    return new TimeAdjuster(new TradingCalendar(days));
  }

  private static LocalDate last(List<LocalDate> days) {
    return days.get(days.size() - 1);
  }

  private static int count(List<LocalDate> days, @Nullable LocalDate date, boolean inclusive) {
    return date == null
        ? 0
        : (int)
            days.stream()
                .filter(day -> day.isBefore(date) || (inclusive && day.equals(date)))
                .count();
  }

  /** The nth day, from 1; null beyond the last. */
  private static @Nullable LocalDate nth(List<LocalDate> days, int n) {
    return days.stream().skip(n - 1L).findFirst().orElse(null);
  }

  /** The first allowed day from {@code date} on, or the last one. */
  private static LocalDate within(List<LocalDate> allowed, LocalDate date) {
    return allowed.stream().filter(day -> !day.isBefore(date)).findFirst().orElse(last(allowed));
  }
}
