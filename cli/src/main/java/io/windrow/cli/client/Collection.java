package io.windrow.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a submission, as the collector shows it.
 *
 * @param submission its id
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param complete whether every expected window is in it
 * @param expected windows it should have
 * @param collected windows it has
 * @param missing windows without an outcome
 * @param failed windows that failed
 * @param collect how the windows were put together
 * @param groups one for each series
 */
public record Collection(
    String submission,
    String pool,
    String experiment,
    boolean complete,
    int expected,
    int collected,
    List<Missing> missing,
    List<Failed> failed,
    Collect collect,
    List<Group> groups) {

  /**
   * How the windows were put together.
   *
   * @param ensemble the steps, in order
   * @param key the paths that the parts of a group's key come from
   * @param artifacts what was collected
   */
  public record Collect(List<String> ensemble, List<String> key, List<String> artifacts) {}

  /**
   * A window without an outcome.
   *
   * @param task its id
   * @param state where it stands
   * @param test first and last day
   */
  public record Missing(String task, String state, List<@Nullable String> test) {}

  /**
   * A window that failed.
   *
   * @param task its id
   * @param test first and last day
   * @param message why
   */
  public record Failed(String task, List<@Nullable String> test, @Nullable String message) {}

  /**
   * The windows of one model, rolled into one series.
   *
   * @param key for example the model's class
   * @param rows predictions
   * @param days days with predictions
   * @param statistics IC, ICIR, Rank IC, Rank ICIR of the whole, and the figures of its back-test
   *     under Qlib's names
   * @param backtest how it stands with the back-test; null from a collector that knows none
   * @param windows in order of time
   */
  public record Group(
      List<String> key,
      long rows,
      long days,
      Map<String, @Nullable Double> statistics,
      @Nullable Backtest backtest,
      List<Window> windows) {

    /** The key for people; the only series, which has none, is called all. */
    public String name() {
      return key.isEmpty() ? "all" : String.join(", ", key);
    }

    /** Whether there is a back-test of it. */
    public boolean traded() {
      return backtest != null && backtest.state().equals("done");
    }

    /** A figure of the back-test, or null. */
    public @Nullable Double risk(String analysis, String figure) {
      return statistics.get("1day." + analysis + "." + figure);
    }
  }

  /**
   * How it stands with the back-test of a series.
   *
   * @param state {@code done}, {@code none}, {@code incomplete} or {@code unavailable}
   * @param message why it is unavailable
   * @param days first and last day that was traded
   */
  public record Backtest(
      String state, @Nullable String message, @Nullable List<@Nullable String> days) {}

  /**
   * One window.
   *
   * @param task its id
   * @param train first and last day
   * @param valid first and last day, or null
   * @param test first and last day, the last null if it is open
   * @param metrics last values
   * @param worker who ran it
   * @param startedAt begin of the attempt
   * @param endedAt its end
   */
  public record Window(
      String task,
      @Nullable List<@Nullable String> train,
      @Nullable List<@Nullable String> valid,
      List<@Nullable String> test,
      Map<String, @Nullable Double> metrics,
      @Nullable String worker,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {

    /** A metric's last value, or null. */
    public @Nullable Double metric(String name) {
      return metrics.get(name);
    }
  }
}
