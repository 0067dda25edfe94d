package io.windrow.cli.chaos;

import io.windrow.cli.market.BareMarket;
import io.windrow.quant.calendar.TradingCalendar;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Workflows of tasks that do no research, and the market that they name all the same.
 *
 * @param seed of the tasks
 * @param lease of the claims: some tasks take about as long
 */
record Workload(long seed, Duration lease) {
  /** The name of its pool. */
  static final String POOL = "chaos";

  private static final String MARKET = "market";
  private static final int DAYS = 100;
  private static final TradingCalendar CALENDAR =
      new TradingCalendar(
          Stream.iterate(LocalDate.of(2020, 1, 1), day -> day.plusDays(1))
              .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
              .limit(DAYS)
              .toList());

  /** Writes the market below a data root. */
  static void writeMarket(Path root) {
    BareMarket.write(root.resolve(MARKET), CALENDAR);
  }

  /** The workflow of the tasks from a number on. */
  String workflow(int from, int count) {
    return workflow(
        from,
        count,
        number ->
            Wish.of(seed, number, lease).section().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "noop: {", "}")));
  }

  /**
   * The same of tasks of the caller's choice.
   *
   * @param work what a task is to do, by its number: a key of its own, in one line
   */
  static String workflow(int from, int count, IntFunction<String> work) {
    return """
        qlib_init: {provider_uri: %s, region: us}
        experiment_name: %s
        windrow:
          pool: %s
          retry: {max_attempts: %d, first: 1s, max: 2s}
        task:
        """
            .formatted(MARKET, POOL, POOL, Wish.MOST_ATTEMPTS)
        + IntStream.range(from, from + count)
            .mapToObj(number -> task(work.apply(number), number == from))
            .collect(Collectors.joining());
  }

  private static String task(String work, boolean first) {
    String research =
        first
            ? """
              model: &model
                class: LGBModel
                module_path: qlib.contrib.model.gbdt
                kwargs: {loss: mse, num_threads: 1}
              dataset: &dataset
                class: DatasetH
                module_path: qlib.data.dataset
                kwargs:
                  handler:
                    class: Alpha158
                    module_path: qlib.contrib.data.handler
                    kwargs: {start_time: %1$s, end_time: %5$s, fit_start_time: %1$s, fit_end_time: %2$s, instruments: all}
                  segments: {train: [%1$s, %2$s], valid: [%3$s, %3$s], test: [%4$s, %5$s]}
              record: &record
                - {class: SignalRecord, module_path: qlib.workflow.record_temp, kwargs: {}}
              """
                .formatted(
                    CALENDAR.first(),
                    CALENDAR.day(80),
                    CALENDAR.day(85),
                    CALENDAR.day(90),
                    CALENDAR.last())
            : """
              model: *model
              dataset: *dataset
              record: *record
              """;
    return "  - " + work + "\n" + research.indent(4);
  }
}
