package io.windrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** CSV files of random bars, as a person would have them. */
public final class SampleMarket {
  static final LocalDate FIRST = LocalDate.of(2018, 1, 1);
  static final LocalDate LAST = LocalDate.of(2020, 12, 31);

  private SampleMarket() {}

  public static void write(Path folder, int stocks) throws IOException {
    Files.createDirectories(folder);
    List<LocalDate> days =
        FIRST
            .datesUntil(LAST.plusDays(1))
            .filter(
                day ->
                    day.getDayOfWeek() != DayOfWeek.SATURDAY
                        && day.getDayOfWeek() != DayOfWeek.SUNDAY)
            .toList();
    Random random = new Random(1);
    for (int i = 0; i < stocks; i++) {
      StringBuilder csv = new StringBuilder("date,open,high,low,close,volume\n");
      double close = 100;
      for (LocalDate day : days) {
        double open = close * Math.exp(0.005 * random.nextGaussian());
        close *= Math.exp(0.02 * random.nextGaussian());
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%.4f,%.4f,%.4f,%.4f,%d%n",
                day,
                open,
                Math.max(open, close) * 1.01,
                Math.min(open, close) * 0.99,
                close,
                10_000 + random.nextInt(90_000)));
      }
      Files.writeString(folder.resolve("S" + (char) ('A' + i) + ".csv"), csv);
    }
  }

  /** A workflow on that market: 20 and more windows of about a second. */
  static String workflow(Path data) {
    return WORKFLOW.replace("DATA", data.toString());
  }

  private static final String WORKFLOW =
      """
      qlib_init:
        provider_uri: "DATA"
        region: us
      experiment_name: cluster
      task:
        model:
          class: LGBModel
          module_path: qlib.contrib.model.gbdt
          kwargs:
            loss: mse
            num_leaves: 63
            learning_rate: 0.02
            num_boost_round: 80
            early_stopping_rounds: 80
            num_threads: 1
            seed: 1
            deterministic: true
        dataset:
          class: DatasetH
          module_path: qlib.data.dataset
          kwargs:
            handler:
              class: Alpha158
              module_path: qlib.contrib.data.handler
              kwargs:
                start_time: 2018-04-02
                end_time: 2020-12-31
                fit_start_time: 2018-04-02
                fit_end_time: 2019-03-29
                instruments: all
            segments:
              train: [2018-04-02, 2019-03-29]
              valid: [2019-04-01, 2019-06-28]
              test: [2019-07-01, 2020-12-31]
        record:
          - class: SignalRecord
            module_path: qlib.workflow.record_temp
            kwargs: {}
          - class: SigAnaRecord
            module_path: qlib.workflow.record_temp
            kwargs: {ana_long_short: false, ann_scaler: 252}
      windrow:
        rolling: {step: 16, type: sliding, trunc_days: 3}
      """;
}
