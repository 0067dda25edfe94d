package io.windrow.cli.bench;

import io.windrow.cli.market.BareMarket;
import io.windrow.quant.calendar.TradingCalendar;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A workflow of a given number of tasks, and the market it needs: windows of one day, for each
 * value of a grid.
 *
 * @param pool name of its pool
 * @param experiment name of its experiment
 * @param windows windows of each value
 * @param values values of the grid
 */
record PoolWorkload(String pool, String experiment, int windows, int values) {
  private static final String MARKET = "market";
  private static final LocalDate FIRST = LocalDate.of(2014, 1, 1);
  private static final int TRAIN_DAYS = 500;
  private static final int MOST_WINDOWS = 1000;

  /** At least so many tasks. */
  static PoolWorkload of(String pool, String experiment, int tasks) {
    int values = (tasks + MOST_WINDOWS - 1) / MOST_WINDOWS;
    return new PoolWorkload(pool, experiment, (tasks + values - 1) / values, values);
  }

  int tasks() {
    return windows * values;
  }

  /** Writes the market below a data root. */
  void write(Path root) {
    BareMarket.write(root.resolve(MARKET), calendar());
  }

  String workflow() {
    TradingCalendar calendar = calendar();
    return """
        qlib_init: {provider_uri: %s, region: us}
        experiment_name: %s
        task:
          model:
            class: LGBModel
            module_path: qlib.contrib.model.gbdt
            kwargs: {loss: mse, learning_rate: 0.1, num_leaves: 210, max_depth: 8, num_threads: 1}
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
          record:
            - {class: SignalRecord, module_path: qlib.workflow.record_temp, kwargs: {}}
            - {class: SigAnaRecord, module_path: qlib.workflow.record_temp, kwargs: {ana_long_short: false}}
        windrow:
          pool: %s
          rolling: {step: 1, type: sliding, trunc_days: 3}
          grid: {model.kwargs.learning_rate: [%s]}
        """
        .formatted(
            MARKET,
            experiment,
            calendar.first(),
            calendar.last(),
            calendar.first(),
            calendar.day(399),
            calendar.day(10),
            calendar.day(399),
            calendar.day(400),
            calendar.day(TRAIN_DAYS - 1),
            calendar.day(TRAIN_DAYS),
            calendar.last(),
            pool,
            IntStream.rangeClosed(1, values)
                .mapToObj(i -> Double.toString(i / 10_000.0))
                .collect(Collectors.joining(", ")));
  }

  private TradingCalendar calendar() {
    return new TradingCalendar(
        Stream.iterate(FIRST, day -> day.plusDays(1))
            .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
            .limit((long) TRAIN_DAYS + windows)
            .toList());
  }
}
