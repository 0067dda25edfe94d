package io.windrow.cli.report;

import io.windrow.cli.report.LineChart.Line;
import io.windrow.cli.report.LineChart.Shape;
import io.windrow.cli.report.LineChart.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Pictures of a back-test's days; returns add up, as in Qlib's report. */
final class BacktestCharts {
  private static final double HIGH = 300;
  private static final double LOW = 170;

  /** Trading days of a month, over which turnover is smoothed. */
  private static final int MONTH = 20;

  private final DailyTable report;

  BacktestCharts(DailyTable report) {
    this.report = report;
  }

  /** The strategy without and with cost, and the benchmark. */
  String returns() {
    return LineChart.draw(
        "Cumulative return of strategy and benchmark",
        HIGH,
        Unit.PERCENT,
        report.days(),
        List.of(
            Line.of("gross", "without cost", report.sums("return")),
            Line.of("net", "with cost", DailyTable.sums(less("return", "cost"))),
            Line.of("bench", "benchmark", report.sums("bench"))));
  }

  /** What the strategy earned beyond the benchmark. */
  String excess() {
    return LineChart.draw(
        "Cumulative excess return",
        HIGH,
        Unit.PERCENT,
        report.days(),
        List.of(
            Line.of("gross", "without cost", DailyTable.sums(less("return", "bench"))),
            Line.of("net", "with cost", DailyTable.sums(less("return", "bench", "cost")))));
  }

  /** How far the excess return with cost is below its peak so far. */
  String drawdown() {
    double[] sums = DailyTable.sums(less("return", "bench", "cost"));
    double[] drawdown = new double[sums.length];
    double peak = Double.NEGATIVE_INFINITY; // the start is no peak, as in Qlib
    for (int day = 0; day < sums.length; day++) {
      peak = Math.max(peak, sums[day]);
      drawdown[day] = sums[day] - peak;
    }
    return LineChart.draw(
        "Drawdown of the excess return with cost",
        LOW,
        Unit.PERCENT,
        report.days(),
        List.of(Line.of("loss", "drawdown", Shape.AREA, drawdown)));
  }

  /** What was bought and sold of the account. */
  String turnover() {
    double[] turnover = report.values("turnover");
    double[] mean =
        IntStream.range(0, turnover.length)
            .mapToDouble(
                day ->
                    Arrays.stream(turnover, Math.max(0, day + 1 - MONTH), day + 1)
                        .average()
                        .orElse(0))
            .toArray();
    return LineChart.draw(
        "Turnover",
        LOW,
        Unit.PERCENT,
        report.days(),
        List.of(
            Line.of("bench", "day", Shape.FAINT, turnover),
            Line.of("gross", "mean of " + MONTH, mean)));
  }

  private double[] less(String column, String... others) {
    double[] values = report.values(column);
    for (String other : others) {
      double[] less = report.values(other);
      for (int day = 0; day < values.length; day++) {
        values[day] -= less[day];
      }
    }
    return values;
  }
}
