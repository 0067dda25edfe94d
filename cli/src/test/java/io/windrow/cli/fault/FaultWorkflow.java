package io.windrow.cli.fault;

import io.windrow.cli.market.BareMarket;
import io.windrow.quant.calendar.TradingCalendar;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * A workflow whose tasks only sleep.
 *
 * @param name of pool, experiment and queue
 * @param windows how many tasks it has
 * @param sleepMillis how long an attempt takes
 * @param linked whether each window waits for the one before, and has two stages
 * @param open whether the last window ends with the calendar
 */
record FaultWorkflow(String name, int windows, int sleepMillis, boolean linked, boolean open) {
  private static final LocalDate FIRST = LocalDate.of(2014, 1, 1);
  private static final int STEP = 20;

  /** One that passes through everything a task can. */
  static FaultWorkflow of(String name) {
    return new FaultWorkflow(name, 2, 0, true, false);
  }

  /** One that can be caught while it runs. */
  static FaultWorkflow slow(String name, int sleepMillis) {
    return new FaultWorkflow(name, 2, sleepMillis, false, false);
  }

  /** One of many tasks. */
  static FaultWorkflow wide(String name, int windows, int sleepMillis) {
    return new FaultWorkflow(name, windows, sleepMillis, false, false);
  }

  /** One whose last window grows with the calendar. */
  static FaultWorkflow open(String name) {
    return new FaultWorkflow(name, 2, 0, false, true);
  }

  /** Writes its market below a data root. */
  void writeMarket(Path root, int days) {
    BareMarket.write(root.resolve(name), calendar(days));
  }

  /** Trading days that its windows fill, and some that are left over. */
  int days() {
    return 260 + windows * STEP;
  }

  String text() {
    TradingCalendar calendar = calendar(days());
    return """
    qlib_init: {provider_uri: %1$s, region: us}
    experiment_name: %1$s
    task:
      noop: {sleep_ms: %2$d}
      model:
        class: LGBModel
        module_path: qlib.contrib.model.gbdt
      dataset:
        class: DatasetH
        module_path: qlib.data.dataset
        kwargs:
          handler:
            class: Alpha158
            module_path: qlib.contrib.data.handler
            kwargs: {start_time: %3$s, fit_start_time: %3$s, fit_end_time: %4$s, instruments: all}
          segments:
            train: [%3$s, %4$s]
            valid: [%5$s, %6$s]
            test: [%7$s, %8$s]
      record: [{class: SignalRecord, module_path: qlib.workflow.record_temp, kwargs: {}}]
    windrow:
      pool: %1$s
      queue: %1$s
      retry: {max_attempts: 9}
      rolling: {step: %9$d, type: sliding, trunc_days: 3}
    """
            .formatted(
                name,
                sleepMillis,
                calendar.first(),
                calendar.day(199),
                calendar.day(200),
                calendar.day(249),
                calendar.day(250),
                open ? "null" : calendar.day(250 + windows * STEP - 1),
                STEP)
        + (linked
            ? "  depends_on: [{task: previous}]\n  stages: [{name: one}, {name: two}]\n"
            : "");
  }

  private static TradingCalendar calendar(int days) {
    return new TradingCalendar(
        Stream.iterate(FIRST, day -> day.plusDays(1))
            .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
            .limit(days)
            .toList());
  }
}
