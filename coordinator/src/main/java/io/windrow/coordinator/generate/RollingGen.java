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
 * and may reach beyond it; where the calendar ends, its end is open.
 *
 * @param adjuster over the trading days, future ones included if they are known
 * @param lastDay last day that has data: rolling stops there when the test's end is open or later
 * @param step length of a test window and distance to the next, in trading days, at least 1
 * @param type whether the train segment keeps its start
 * @param truncDays days between the other segments and the test, normally label horizon + 1; null
 *     leaves them alone
 * @param testKey name of the segment that is tested on
 * @param trainKey name of the segment that expands, if one does
 * @param windowStep what else changes in a task with its window
 */
public record RollingGen(
    TimeAdjuster adjuster,
    LocalDate lastDay,
    int step,
    RollType type,
    @Nullable Integer truncDays,
    String testKey,
    String trainKey,
    WindowStep windowStep)
    implements TaskGen {

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if step or truncDays are too small
   */
  public RollingGen {
    if (step < 1) {
      throw new IllegalArgumentException("step must be at least 1, is " + step);
    }
    if (truncDays != null && truncDays < 0) {
      throw new IllegalArgumentException("trunc_days must not be negative, is " + truncDays);
    }
  }

  /** With Qlib's names of the segments, and the handler's end moved with the window. */
  public RollingGen(
      TimeAdjuster adjuster,
      LocalDate lastDay,
      int step,
      RollType type,
      @Nullable Integer truncDays) {
    this(adjuster, lastDay, step, type, truncDays, "test", "train", WindowStep.HANDLER_END);
  }

  /** The same with other names of the segments. */
  public RollingGen withKeys(String test, String train) {
    return new RollingGen(adjuster, lastDay, step, type, truncDays, test, train, windowStep);
  }

  /** The same with another change that comes with a window. */
  public RollingGen withWindowStep(WindowStep other) {
    return new RollingGen(adjuster, lastDay, step, type, truncDays, testKey, trainKey, other);
  }

  /**
   * The windows of a template, first to last.
   *
   * @throws CalendarException if the calendar cannot give the first window
   * @throws IllegalArgumentException if the template has no test segment
   */
  @Override
  public Stream<TaskDefinition> generate(TaskDefinition template) {
    Map<String, Segment> segments = adjuster.alignSegments(template.segments());
    Segment test = test(segments);
    LocalDate end = test.end() == null || test.end().isAfter(lastDay) ? lastDay : test.end();
    Integer first = adjuster.alignIndex(test.start(), Alignment.START);
    if (first == null) {
      throw new CalendarException.OpenEnd("the " + testKey + " segment needs a start");
    }
    segments.put(testKey, new Segment(adjuster.get(first), adjuster.get(first + step - 1)));
    TaskDefinition task =
        window(
            template,
            truncDays == null ? segments : adjuster.truncateSegments(segments, testKey, truncDays));
    return Stream.concat(Stream.of(task), following(task, end));
  }

  /**
   * The windows after {@code task}, which is not among them, while they start at or before {@code
   * testEnd} (Qlib's {@code gen_following_tasks}). Each is a copy of {@code task}.
   *
   * @throws IllegalArgumentException if the task has no test segment
   */
  public Stream<TaskDefinition> following(TaskDefinition task, LocalDate testEnd) {
    return Stream.iterate(
            next(task.segments(), testEnd),
            Objects::nonNull,
            segments -> segments == null ? null : next(segments, testEnd))
        .map(segments -> window(task, Objects.requireNonNull(segments)));
  }

  private @Nullable Map<String, Segment> next(Map<String, Segment> segments, LocalDate testEnd) {
    Map<String, Segment> shifted = new LinkedHashMap<>();
    try {
      segments.forEach(
          (name, segment) ->
              shifted.put(
                  name,
                  adjuster.shift(segment, step, name.equals(trainKey) ? type : RollType.SLIDING)));
    } catch (CalendarException.ShiftedOut e) {
      return null;
    }
    LocalDate start = test(shifted).start();
    return start == null || start.isAfter(testEnd) ? null : shifted;
  }

  private Segment test(Map<String, Segment> segments) {
    Segment test = segments.get(testKey);
    if (test == null) {
      throw new IllegalArgumentException("rolling needs a segment named '" + testKey + "'");
    }
    return test;
  }

  private TaskDefinition window(TaskDefinition task, Map<String, Segment> segments) {
    return windowStep.apply(task.withSegments(segments), this);
  }
}
