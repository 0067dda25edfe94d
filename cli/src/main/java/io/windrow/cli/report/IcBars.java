package io.windrow.cli.report;

import io.windrow.cli.client.Collection.Window;
import io.windrow.cli.terminal.Figures;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** IC and Rank IC of each window, side by side. */
final class IcBars {
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 260;
  private static final double LEFT = 52;
  private static final double BOTTOM = HEIGHT - 26;
  private static final int TICKS = 5;

  private IcBars() {}

  static String draw(List<Window> windows) {
    double[] values =
        windows.stream()
            .flatMap(w -> Stream.of(w.metric("IC"), w.metric("Rank IC")).filter(Objects::nonNull))
            .mapToDouble(value -> value)
            .filter(Double::isFinite)
            .toArray();
    Scale y =
        Scale.withZero(
            DoubleStream.of(values).min().orElse(0),
            DoubleStream.of(values).max().orElse(0),
            BOTTOM,
            12);
    Svg svg = new Svg(WIDTH, HEIGHT, "IC and Rank IC of each window");
    Axes.horizontalRules(svg, y, TICKS, LEFT, WIDTH);
    double slot = (WIDTH - LEFT) / Math.max(1, windows.size());
    double bar = Math.min(26, slot * 0.38);
    int every = (int) Math.ceil(windows.size() * 62.0 / (WIDTH - LEFT));
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      double middle = LEFT + slot * (i + 0.5);
      String name = "window " + (i + 1) + ", test from " + window.test().get(0);
      bar(svg, "ic", y, middle - bar - 1, bar, window.metric("IC"), name + ": IC ");
      bar(svg, "ric", y, middle + 1, bar, window.metric("Rank IC"), name + ": Rank IC ");
      if (i % every == 0) {
        svg.words("tick middle", middle, HEIGHT - 8, month(window.test().get(0)));
      }
    }
    svg.line("zero", LEFT, y.at(0), WIDTH, y.at(0));
    return svg.end();
  }

  private static void bar(
      Svg svg, String css, Scale y, double x, double width, @Nullable Double value, String name) {
    if (value != null && Double.isFinite(value)) {
      double top = Math.min(y.at(0), y.at(value));
      double height = Math.abs(y.at(value) - y.at(0));
      svg.box(css, x, top, width, height, name + Figures.statistic(value));
    }
  }

  /** Year and month of a day. */
  private static String month(@Nullable String day) {
    return day == null ? "" : day.substring(0, Math.min(7, day.length()));
  }
}
