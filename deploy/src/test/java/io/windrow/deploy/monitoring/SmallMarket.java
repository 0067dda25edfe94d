package io.windrow.deploy.monitoring;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random bars of a few stocks over two years, and what a cluster can do with them. */
final class SmallMarket {
  private static final int STOCKS = 12;

  private SmallMarket() {}

  static void write(Path folder) {
    TradingCalendar calendar =
        new TradingCalendar(
            LocalDate.of(2019, 1, 1)
                .datesUntil(LocalDate.of(2021, 1, 1))
                .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
                .toList());
    DataStoreWriter writer = new DataStoreWriter(folder);
    writer.calendar(calendar);
    Random random = new Random(1);
    List<Universe.Member> members = new ArrayList<>();
    for (int stock = 0; stock < STOCKS; stock++) {
      String symbol = "S" + (char) ('A' + stock);
      members.add(
          new Universe.Member(
              symbol, List.of(new Universe.Span(calendar.first(), calendar.last()))));
      bars(writer, symbol, calendar.size(), random);
    }
    writer.instruments("all", new Universe(members));
  }

  private static void bars(DataStoreWriter writer, String symbol, int days, Random random) {
    float[] open = new float[days];
    float[] high = new float[days];
    float[] low = new float[days];
    float[] close = new float[days];
    float[] volume = new float[days];
    double price = 100;
    for (int day = 0; day < days; day++) {
      open[day] = (float) (price * Math.exp(0.005 * random.nextGaussian()));
      price *= Math.exp(0.02 * random.nextGaussian());
      close[day] = (float) price;
      high[day] = Math.max(open[day], close[day]) * 1.01f;
      low[day] = Math.min(open[day], close[day]) * 0.99f;
      volume[day] = 10_000 + random.nextInt(90_000);
    }
    writer.series(symbol, "open", new Series(0, open));
    writer.series(symbol, "high", new Series(0, high));
    writer.series(symbol, "low", new Series(0, low));
    writer.series(symbol, "close", new Series(0, close));
    writer.series(symbol, "volume", new Series(0, volume));
  }

  /** A rolling LightGBM of a dozen windows, each of a second or less. */
  static String research(Path market) {
    return """
        qlib_init: {provider_uri: "%s", region: us}
        experiment_name: research
        task:
        %s
        windrow: {pool: research, rolling: {step: 10, type: sliding, trunc_days: 3}}
        """
        .formatted(market, definition("2020-09-01").indent(2));
  }

  /**
   * Tasks that do no research.
   *
   * @param pool theirs
   * @param from the number of the first, which makes it another task
   * @param wishes a task for each: what it is to do
   */
  static String noop(Path market, String pool, int from, List<String> wishes) {
    StringBuilder tasks = new StringBuilder();
    for (int i = 0; i < wishes.size(); i++) {
      tasks
          .append("  - noop: {number: %d, %s}\n".formatted(from + i, wishes.get(i)))
          .append(definition("2020-12-01").indent(4));
    }
    return """
        qlib_init: {provider_uri: "%s", region: us}
        experiment_name: %s
        windrow: {pool: %s, retry: {max_attempts: 3, first: 1s, max: 1s}}
        task:
        %s
        """
        .formatted(market, pool, pool, tasks);
  }

  private static String definition(String test) {
    return """
        model:
          class: LGBModel
          module_path: qlib.contrib.model.gbdt
          kwargs: {loss: mse, num_leaves: 15, num_boost_round: 10, num_threads: 1, seed: 1}
        dataset:
          class: DatasetH
          module_path: qlib.data.dataset
          kwargs:
            handler:
              class: Alpha158
              module_path: qlib.contrib.data.handler
              kwargs: {start_time: 2019-04-01, end_time: 2020-12-31, fit_start_time: 2019-04-01, fit_end_time: 2020-03-31, instruments: all}
            segments: {train: [2019-04-01, 2020-03-31], valid: [2020-04-01, 2020-06-30], test: [%s, 2020-12-31]}
        record:
          - {class: SignalRecord, module_path: qlib.workflow.record_temp, kwargs: {}}
          - {class: SigAnaRecord, module_path: qlib.workflow.record_temp, kwargs: {ana_long_short: false, ann_scaler: 252}}
        """
        .formatted(test);
  }
}
