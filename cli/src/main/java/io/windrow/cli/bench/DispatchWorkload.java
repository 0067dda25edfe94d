package io.windrow.cli.bench;

import io.windrow.cli.market.BareMarket;
import io.windrow.quant.calendar.TradingCalendar;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A workflow of tasks that do nothing, and the market that a workflow must have: every combination
 * of two values that nobody reads.
 *
 * @param pool name of its pool, and of its experiment
 * @param rows values of one place
 * @param columns values of the other
 */
record DispatchWorkload(String pool, int rows, int columns) {
  private static final String MARKET = "market";
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  private static final int DAYS = 9;
  private static final int MOST_ROWS = 1000;

  /** At least so many tasks, up to a thousandth more. */
  static DispatchWorkload of(String pool, int tasks) {
    int columns = (tasks + MOST_ROWS - 1) / MOST_ROWS;
    return new DispatchWorkload(pool, (tasks + columns - 1) / columns, columns);
  }

  int tasks() {
    return rows * columns;
  }

  /** Writes the market below a data root. */
  static void write(Path root) {
    BareMarket.write(root.resolve(MARKET), calendar());
  }

  String workflow() {
    TradingCalendar days = calendar();
    return """
        qlib_init: {provider_uri: %s, region: us}
        experiment_name: %s
        task:
          noop: {row: 0, column: 0}
          model: {class: LinearModel, module_path: qlib.contrib.model.linear, kwargs: {}}
          dataset:
            class: DatasetH
            module_path: qlib.data.dataset
            kwargs:
              handler:
                class: Alpha158
                module_path: qlib.contrib.data.handler
                kwargs: {start_time: %s, end_time: %s, fit_start_time: %s, fit_end_time: %s, instruments: all}
              segments:
                train: [%s, %s]
                valid: [%s, %s]
                test: [%s, %s]
          record: {class: SignalRecord, module_path: qlib.workflow.record_temp, kwargs: {}}
        windrow:
          pool: %s
          grid: {noop.row: [%s], noop.column: [%s]}
        """
        .formatted(
            MARKET,
            pool,
            days.first(),
            days.last(),
            days.first(),
            days.day(2),
            days.first(),
            days.day(2),
            days.day(3),
            days.day(5),
            days.day(6),
            days.last(),
            pool,
            numbers(rows),
            numbers(columns));
  }

  private static String numbers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  private static TradingCalendar calendar() {
    return new TradingCalendar(Stream.iterate(FIRST, day -> day.plusDays(1)).limit(DAYS).toList());
  }
}
