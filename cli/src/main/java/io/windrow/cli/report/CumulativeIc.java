package io.windrow.cli.report;

import io.windrow.cli.terminal.Figures;
import io.windrow.quant.evaluate.DailyIc;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The running sums of the days' IC and Rank IC: straight where the signal is steady. */
final class CumulativeIc {
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 300;
  private static final double LEFT = 52;
  private static final double RIGHT = WIDTH - 72;
  private static final double BOTTOM = HEIGHT - 26;
  private static final int TICKS = 6;

  private CumulativeIc() {}

  static String draw(List<DailyIc> days) {
    Svg svg = new Svg(WIDTH, HEIGHT, "Cumulative IC and Rank IC");
    if (days.size() < 2) {
      return svg.words("tick", LEFT, HEIGHT / 2, "fewer than two days").end();
    }
    double[] ic = sums(days, DailyIc::ic);
    double[] ric = sums(days, DailyIc::rankIc);
    double[] all = DoubleStream.concat(DoubleStream.of(ic), DoubleStream.of(ric)).toArray();
    Scale y =
        Scale.withZero(
            DoubleStream.of(all).min().orElse(0), DoubleStream.of(all).max().orElse(0), BOTTOM, 12);
    Scale x =
        new Scale(
            days.get(0).date().toEpochDay(),
            days.get(days.size() - 1).date().toEpochDay(),
            LEFT,
            RIGHT);
    Axes.horizontalRules(svg, y, TICKS, LEFT, RIGHT);
    Axes.years(svg, x, 12, BOTTOM);
    double[] at = days.stream().mapToDouble(day -> x.at(day.date())).toArray();
    svg.line("zero", LEFT, y.at(0), RIGHT, y.at(0));
    svg.curve("icline", at, DoubleStream.of(ic).map(y::at).toArray());
    svg.curve("ricline", at, DoubleStream.of(ric).map(y::at).toArray());
    double lastIc = ic[ic.length - 1];
    double lastRic = ric[ric.length - 1];
    // The two end values must not be written over each other.
    double apart = Math.max(0, 15 - Math.abs(y.at(lastIc) - y.at(lastRic))) / 2;
    double icUp = lastIc >= lastRic ? -apart : apart;
    svg.words("ictext", RIGHT + 6, y.at(lastIc) + 4 + icUp, "IC " + two(lastIc));
    svg.words("rictext", RIGHT + 6, y.at(lastRic) + 4 - icUp, "RIC " + two(lastRic));
    return svg.end();
  }

  private static String two(double value) {
    String four = Figures.statistic(value);
    return four.length() > 3 ? four.substring(0, four.length() - 2) : four;
  }

  /** A day without a value adds nothing. */
  private static double[] sums(List<DailyIc> days, ToDoubleFunction<DailyIc> value) {
    double[] sums = new double[days.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      double today = value.applyAsDouble(days.get(i));
      sum += Double.isFinite(today) ? today : 0;
      sums[i] = sum;
    }
    return sums;
  }
}
