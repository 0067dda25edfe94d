package io.windrow.coordinator.generate;

import static java.util.Objects.requireNonNull;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStore;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Date arithmetic in trading days, exactly as Qlib's class of the same name does it, its surprises
 * included: an index before the calendar wraps round to its end, and an end beyond the calendar
 * becomes open (null).
 */
public final class TimeAdjuster {
  private final TradingCalendar whole;
  private final TradingCalendar calendar;

  /**
   * @param calendar the trading days, future ones included if they are known
   */
  public TimeAdjuster(TradingCalendar calendar) {
    this(calendar, calendar);
  }

  /**
   * Over the trading days of a data folder.
   *
   * @param future whether to take the days known ahead, if the folder names them
   */
  public static TimeAdjuster of(DataStore store, boolean future) {
    return new TimeAdjuster(
        future ? store.futureCalendar().orElseGet(store::calendar) : store.calendar());
  }

  private TimeAdjuster(TradingCalendar whole, TradingCalendar calendar) {
    this.whole = whole;
    this.calendar = calendar;
  }

  /**
   * The same with a calendar that ends at {@code end}; null gives the whole calendar back.
   *
   * @throws CalendarException.OutsideCalendar if {@code end} is before the first trading day
   */
  public TimeAdjuster withEnd(@Nullable LocalDate end) {
    if (end == null) {
      return new TimeAdjuster(whole);
    }
    int last = whole.floor(end);
    if (last < 0) {
      throw new CalendarException.OutsideCalendar(
          "the calendar begins at " + whole.first() + ", it cannot end at " + end);
    }
    return new TimeAdjuster(whole, new TradingCalendar(whole.days().subList(0, last + 1)));
  }

  /**
   * The trading day at an index.
   *
   * @param index from 0; a negative one counts from the end
   * @return null if the index is null or beyond the last day
   * @throws CalendarException.OutsideCalendar if a negative index is beyond the first day
   */
  public @Nullable LocalDate get(@Nullable Integer index) {
    return index == null || index >= calendar.size() ? null : day(index);
  }

  /** The last trading day. */
  public LocalDate max() {
    return calendar.last();
  }

  /**
   * The index that stands for a date.
   *
   * @return null for a null date; {@code size} for a start beyond the calendar, -1 for an end
   *     before it
   */
  public @Nullable Integer alignIndex(@Nullable LocalDate date, Alignment alignment) {
    return date == null ? null : index(date, alignment);
  }

  /**
   * The trading day that stands for a date; an end before the calendar gives the last day, as in
   * Qlib.
   *
   * @throws CalendarException.OutsideCalendar for a start beyond the calendar
   */
  public @Nullable LocalDate alignTime(@Nullable LocalDate date, Alignment alignment) {
    return date == null ? null : day(index(date, alignment));
  }

  /** Both ends aligned. A segment that holds no trading day comes back inverted. */
  public Segment alignSegment(Segment segment) {
    return new Segment(
        alignTime(segment.start(), Alignment.START), alignTime(segment.end(), Alignment.END));
  }

  /** All segments aligned, in the same order. */
  public Map<String, Segment> alignSegments(Map<String, Segment> segments) {
    Map<String, Segment> aligned = new LinkedHashMap<>();
    segments.forEach((name, segment) -> aligned.put(name, alignSegment(segment)));
    return aligned;
  }

  /**
   * All segments but the test truncated against where the test begins, in the same order.
   *
   * @param testKey name of the test segment, which begins at its earliest day that is given
   * @param days see {@link #truncate}
   * @throws IllegalArgumentException if there is no segment of that name
   */
  public Map<String, Segment> truncateSegments(
      Map<String, Segment> segments, String testKey, int days) {
    Segment test = segments.get(testKey);
    if (test == null) {
      throw new IllegalArgumentException("truncation needs a segment named '" + testKey + "'");
    }
    LocalDate testStart =
        Stream.of(Optional.ofNullable(test.start()), Optional.ofNullable(test.end()))
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder())
            .orElse(null);
    Map<String, Segment> truncated = new LinkedHashMap<>();
    segments.forEach(
        (name, segment) ->
            truncated.put(
                name, name.equals(testKey) ? segment : truncate(segment, testStart, days)));
    return truncated;
  }

  /**
   * Trading days from {@code b} to {@code a}, both aligned as starts; negative if {@code a} is
   * earlier.
   *
   * @throws CalendarException.OpenEnd if one is null
   */
  public int interval(@Nullable LocalDate a, @Nullable LocalDate b) {
    return startIndex(a) - startIndex(b);
  }

  /**
   * Moves both ends of a segment to at least {@code days} trading days before the test begins, so
   * that no label of the segment looks into the test. Both ends are aligned as starts. Qlib refuses
   * an end on the calendar's first day, too; here only one before it is.
   *
   * @param days label horizon + 1
   * @throws CalendarException.OpenEnd if an end of the segment is open
   * @throws CalendarException.TruncatedAway if an end would fall before the calendar's first day
   */
  public Segment truncate(Segment segment, @Nullable LocalDate testStart, int days) {
    int limit = startIndex(testStart) - days;
    return new Segment(
        truncated(segment, segment.start(), limit), truncated(segment, segment.end(), limit));
  }

  private LocalDate truncated(Segment segment, @Nullable LocalDate end, int limit) {
    int index = Math.min(startIndex(end), limit);
    if (index < 0) {
      throw new CalendarException.TruncatedAway(
          "a segment from "
              + segment.start()
              + " to "
              + segment.end()
              + " cannot be truncated: it would end before "
              + calendar.first()
              + ", the first day of the calendar");
    }
    return day(index);
  }

  /**
   * Moves a segment by {@code step} trading days, after aligning it. An end beyond the calendar
   * becomes open, and so does a start exactly one day beyond it.
   *
   * @throws CalendarException.ShiftedOut if the start is further beyond the calendar
   */
  public Segment shift(Segment segment, int step, RollType type) {
    Integer start = alignIndex(segment.start(), Alignment.START);
    Integer end = plus(alignIndex(segment.end(), Alignment.END), step);
    if (type == RollType.SLIDING) {
      start = plus(start, step);
    }
    if (start != null && start > calendar.size()) {
      throw new CalendarException.ShiftedOut(
          "a segment from "
              + segment.start()
              + " shifted by "
              + step
              + " trading days starts after "
              + calendar.last()
              + ", the last day of the calendar");
    }
    return new Segment(get(start), get(end));
  }

  private static @Nullable Integer plus(@Nullable Integer index, int step) {
    return index == null ? null : Integer.valueOf(Math.addExact(index, step));
  }

  private int index(LocalDate date, Alignment alignment) {
    return switch (alignment) {
      case START -> calendar.ceiling(date);
      case END -> calendar.floor(date);
    };
  }

  private int startIndex(@Nullable LocalDate date) {
    if (date == null) {
      throw new CalendarException.OpenEnd("an open end has no place in the calendar");
    }
    return requireNonNull(alignIndex(date, Alignment.START));
  }

  private LocalDate day(int index) {
    int size = calendar.size();
    if (index >= size || index < -size) {
      throw new CalendarException.OutsideCalendar(
          "the calendar from "
              + calendar.first()
              + " to "
              + calendar.last()
              + " has no day number "
              + index);
    }
    return calendar.day(index < 0 ? index + size : index);
  }
}
