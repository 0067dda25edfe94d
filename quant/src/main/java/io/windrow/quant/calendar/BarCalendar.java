package io.windrow.quant.calendar;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bars of a market by date and time, ascending, to the second and in the exchange's own clock.
 * A bar of a day stands at midnight.
 */
public final class BarCalendar {

  /** Seconds since 1970: years of minutes are hundreds of thousands of bars. */
  private final long[] seconds;

  /**
   * A calendar of these bars.
   *
   * @param times at least one, strictly ascending
   */
  public BarCalendar(List<LocalDateTime> times) {
    if (times.isEmpty()) {
      throw new IllegalArgumentException("a calendar needs at least one bar");
    }
    seconds = times.stream().mapToLong(BarCalendar::seconds).toArray();
    for (int i = 1; i < seconds.length; i++) {
      if (seconds[i - 1] >= seconds[i]) {
        throw new IllegalArgumentException(
            "calendar times must ascend: " + time(i - 1) + " is followed by " + time(i));
      }
    }
  }

  private static long seconds(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC);
  }

  public int size() {
    return seconds.length;
  }

  public LocalDateTime time(int index) {
    return LocalDateTime.ofEpochSecond(seconds[index], 0, ZoneOffset.UTC);
  }

  public LocalDateTime first() {
    return time(0);
  }

  public LocalDateTime last() {
    return time(seconds.length - 1);
  }

  /** All bars in order. */
  public Stream<LocalDateTime> times() {
    return Arrays.stream(seconds).mapToObj(s -> LocalDateTime.ofEpochSecond(s, 0, ZoneOffset.UTC));
  }

  /** Index of the first bar at or after {@code time}; {@link #size()} if there is none. */
  public int ceiling(LocalDateTime time) {
    int index = Arrays.binarySearch(seconds, seconds(time));
    return index >= 0 ? index : -index - 1;
  }

  /** Index of the last bar at or before {@code time}; -1 if there is none. */
  public int floor(LocalDateTime time) {
    int index = Arrays.binarySearch(seconds, seconds(time));
    return index >= 0 ? index : -index - 2;
  }

  /** Whether there is a bar at that very time. */
  public boolean holds(LocalDateTime time) {
    return Arrays.binarySearch(seconds, seconds(time)) >= 0;
  }
}
