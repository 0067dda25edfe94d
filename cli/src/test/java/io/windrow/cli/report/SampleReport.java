package io.windrow.cli.report;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.Collection.Backtest;
import io.windrow.cli.client.Collection.Group;
import io.windrow.cli.client.Collection.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A report as the demo would make it, from a seed. */
final class SampleReport {
  private SampleReport() {}

  static Report of(int windows, String experiment) {
    Random random = new Random(7);
    List<LocalDate> days = new ArrayList<>();
    List<Window> list = new ArrayList<>();
    LocalDate start = LocalDate.of(2020, 1, 2);
    Instant clock = Instant.parse("2024-01-01T00:00:00Z");
    for (int i = 0; i < windows; i++) {
      LocalDate end = start.plusDays(89);
      Instant begin = clock.plusMillis(1500L * (i / 2) + 100L * (i % 2));
      list.add(
          new Window(
              "task" + i,
              List.of(start.minusYears(4).toString(), start.minusYears(1).minusDays(1).toString()),
              List.of(start.minusYears(1).toString(), start.minusDays(1).toString()),
              List.of(start.toString(), end.toString()),
              Map.of(
                  "IC", 0.03 + 0.04 * random.nextGaussian(),
                  "Rank IC", 0.03 + 0.03 * random.nextGaussian(),
                  "best_iteration", (double) random.nextInt(5, 90)),
              "worker-" + i % 2,
              begin,
              begin.plusMillis(1350)));
      for (LocalDate day = start; !day.isAfter(end); day = day.plusDays(1)) {
        if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
          days.add(day);
        }
      }
      start = end.plusDays(1);
    }
    Group group =
        new Group(
            List.of("LGBModel"),
            days.size() * 60L,
            days.size(),
            statistics(),
            new Backtest("done", null, List.of("2020-01-02", days.get(days.size() - 2).toString())),
            list);
    Collection collection =
        new Collection(
            "f00d",
            "demo",
            experiment,
            true,
            windows,
            windows,
            List.of(),
            List.of(),
            new Collection.Collect(
                List.of("rolling"), List.of("model.class"), List.of("pred", "label")),
            List.of(group));
    return new Report(
        collection,
        List.of(
            new Report.Days(
                table(days, random, 0.03, 0.12, "ic", "ric"),
                table(
                    days,
                    random,
                    0.0002,
                    0.01,
                    "group1",
                    "group2",
                    "group3",
                    "group4",
                    "group5",
                    "long_short"),
                table(
                    days.subList(0, days.size() - 1),
                    random,
                    0.0005,
                    0.01,
                    "return",
                    "bench",
                    "cost",
                    "turnover"))),
        "This market is synthetic.",
        List.of(new Report.Fact("training", "12.3 s")));
  }

  private static Map<String, Double> statistics() {
    Map<String, Double> statistics =
        new HashMap<>(Map.of("IC", 0.0312, "ICIR", 0.24, "Rank IC", 0.0287, "Rank ICIR", 0.22));
    for (String analysis : List.of("excess_return_without_cost", "excess_return_with_cost")) {
      statistics.put("1day." + analysis + ".annualized_return", 0.0815);
      statistics.put("1day." + analysis + ".information_ratio", 1.2345);
      statistics.put("1day." + analysis + ".max_drawdown", -0.0421);
    }
    return statistics;
  }

  /** Random columns over the days. */
  static DailyTable table(
      List<LocalDate> days, Random random, double mean, double std, String... columns) {
    Map<String, List<Double>> table = new HashMap<>();
    for (String column : columns) {
      table.put(column, days.stream().map(day -> mean + std * random.nextGaussian()).toList());
    }
    return new DailyTable(days, table);
  }
}
