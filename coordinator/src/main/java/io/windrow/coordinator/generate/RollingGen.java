package io.windrow.coordinator.generate;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rolling windows of a template: the test segment is {@code step} trading days long and
 * moves by as many; the other segments move with it. Qlib's generator of the same name, with one
 * crash mended: when the calendar ends exactly where a window ends, rolling stops.
 *
 * <p>The template's test end only bounds where rolling stops. The last window is not clipped to it
 * and may reach beyond it; where the calendar ends, its end is open. A handler's {@code
 * fit_start_time} and {@code fit_end_time} stay the template's.
 */
public final class RollingGen implements TaskGen {
  private static final String TEST = "test";
  private static final String TRAIN = "train";

  private final TimeAdjuster adjuster;
  private final LocalDate lastDay;
  private final int step;
  private final RollType type;
  private final @Nullable Integer truncDays;

  /**
   * @param adjuster over the trading days, future ones included if they are known
   * @param lastDay last day that has data: rolling stops there when the test's end is open or later
   * @param step length of a test window and distance to the next, in trading days, at least 1
   * @param type whether the train segment keeps its start
   * @param truncDays days between the other segments and the test, normally label horizon + 1; null
   *     leaves them alone
   * @throws IllegalArgumentException if step or truncDays are too small
   */
  public RollingGen(
      TimeAdjuster adjuster,
      LocalDate lastDay,
      int step,
      RollType type,
      @Nullable Integer truncDays) {
    if (step < 1) {
      throw new IllegalArgumentException("step must be at least 1, is " + step);
    }
    if (truncDays != null && truncDays < 0) {
      throw new IllegalArgumentException("trunc_days must not be negative, is " + truncDays);
    }
    this.adjuster = adjuster;
    this.lastDay = lastDay;
    this.step = step;
    this.type = type;
    this.truncDays = truncDays;
  }

  /**
   * The windows of a template, first to last.
   *
   * @throws CalendarException if the calendar cannot give the first window
   * @throws IllegalArgumentException if the template has no test segment
   */
  @Override
  public Stream<TaskDefinition> generate(TaskDefinition template) {
    Map<String, Segment> segments = new LinkedHashMap<>();
    segments.putAll(adjuster.alignSegments(template.segments()));
    Segment test = test(segments);
    LocalDate end = test.end() == null || test.end().isAfter(lastDay) ? lastDay : test.end();
    Integer first = adjuster.alignIndex(test.start(), Alignment.START);
    if (first == null) {
      throw new CalendarException.OpenEnd("the test segment needs a start");
    }
    Segment window = new Segment(adjuster.get(first), adjuster.get(first + step - 1));
    segments.replaceAll(
        (name, segment) ->
            name.equals(TEST)
                ? window
                : truncDays == null
                    ? segment
                    : adjuster.truncate(segment, window.start(), truncDays));
    TaskDefinition task = withSegments(template, segments);
    return Stream.concat(Stream.of(task), following(task, end));
  }

  /**
   * The windows after {@code task}, which is not among them, while they start at or before {@code
   * testEnd}.
   */
  public Stream<TaskDefinition> following(TaskDefinition task, LocalDate testEnd) {
    return Stream.iterate(
            next(task.segments(), testEnd),
            Objects::nonNull,
            segments -> segments == null ? null : next(segments, testEnd))
        .map(segments -> withSegments(task, Objects.requireNonNull(segments)));
  }

  private @Nullable Map<String, Segment> next(Map<String, Segment> segments, LocalDate testEnd) {
    Map<String, Segment> shifted = new LinkedHashMap<>();
    try {
      segments.forEach(
          (name, segment) ->
              shifted.put(
                  name,
                  adjuster.shift(segment, step, name.equals(TRAIN) ? type : RollType.SLIDING)));
    } catch (CalendarException.ShiftedOut e) {
      return null;
    }
    LocalDate start = test(shifted).start();
    return start == null || start.isAfter(testEnd) ? null : shifted;
  }

  private static Segment test(Map<String, Segment> segments) {
    Segment test = segments.get(TEST);
    if (test == null) {
      throw new IllegalArgumentException("rolling needs a segment named 'test'");
    }
    return test;
  }

  /** Sets the segments, and lets the handler load as far as the test window reaches. */
  private TaskDefinition withSegments(TaskDefinition task, Map<String, Segment> segments) {
    TaskDefinition changed = task.withSegments(segments);
    LocalDate testEnd = test(segments).end();
    if (!changed.hasHandlerKwargs()) {
      return changed;
    }
    if (testEnd == null) {
      return changed.withHandlerEnd(null);
    }
    LocalDate handlerEnd = changed.handlerEnd();
    return handlerEnd != null && adjuster.interval(handlerEnd, testEnd) < 0
        ? changed.withHandlerEnd(testEnd)
        : changed;
  }
}
