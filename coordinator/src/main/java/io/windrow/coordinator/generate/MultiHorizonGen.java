package io.windrow.coordinator.generate;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a task for each prediction horizon. All segments but the test are cut back, so that no
 * label looks into it: Qlib's {@code MultiHorizonGenBase}, with {@code set_horizon} given to it.
 *
 * @param adjuster over the trading days
 * @param horizons trading days to look ahead, each at least 1
 * @param labelLeak days after the horizon until a label is known ({@code label_leak_n}); 2 if one
 *     buys at the close of the day after the prediction
 * @param label makes a task predict so far ahead
 * @param testKey name of the segment that is tested on
 */
public record MultiHorizonGen(
    TimeAdjuster adjuster,
    List<Integer> horizons,
    int labelLeak,
    HorizonLabel label,
    String testKey)
    implements TaskGen {

  /** Qlib's {@code label_leak_n}. */
  public static final int LABEL_LEAK = 2;

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if there is no horizon, or one is too small
   */
  public MultiHorizonGen {
    horizons = List.copyOf(horizons);
    if (horizons.isEmpty() || horizons.stream().anyMatch(horizon -> horizon < 1)) {
      throw new IllegalArgumentException("horizons must be at least 1, are " + horizons);
    }
    if (labelLeak < 0) {
      throw new IllegalArgumentException("label_leak_n must not be negative, is " + labelLeak);
    }
  }

  /** With the label of Qlib's {@code Rolling}, and Qlib's name of the test segment. */
  public MultiHorizonGen(TimeAdjuster adjuster, List<Integer> horizons, int labelLeak) {
    this(adjuster, horizons, labelLeak, HorizonLabel.CLOSE_RETURN, "test");
  }

  @Override
  public Stream<TaskDefinition> generate(TaskDefinition task) {
    return horizons.stream().map(horizon -> ahead(task, horizon));
  }

  private TaskDefinition ahead(TaskDefinition task, int horizon) {
    TaskDefinition predicting = label.withHorizon(task, horizon);
    Map<String, Segment> segments = adjuster.alignSegments(predicting.segments());
    return predicting.withSegments(
        adjuster.truncateSegments(segments, testKey, Math.addExact(horizon, labelLeak)));
  }
}
