package io.windrow.cli.report;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Lines over days. Pointing at a place shows the values there. A long series is thinned to what can
 * be seen: of each stretch of days the first, the lowest, the highest and the last.
 */
final class LineChart {
  private static final double WIDTH = 1000;
  private static final double LEFT = 58;
  private static final double RIGHT = WIDTH - 142;
  private static final double TOP = 12;
  private static final double HEIGHT_OF_TICK = 48;
  private static final int MOST_POINTS = 2000;
  private static final int POINTS_OF_STRETCH = 4;
  private static final int PLACES = 160;
  private static final double TEXT_HEIGHT = 15;

  private final Unit unit;
  private final List<LocalDate> days;
  private final List<Line> lines;
  private final Svg svg;
  private final Scale x;
  private final Scale y;
  private final double bottom;

  /** What the values are in. */
  enum Unit {
    PLAIN("%.2f"),
    /** Shares, written as per cent. */
    PERCENT("%.1f %%");

    private final String format;

    Unit(String format) {
      this.format = format;
    }

    private double factor() {
      return this == PERCENT ? 100 : 1;
    }

    private String write(double shown) {
      return String.format(Locale.ROOT, format, shown);
    }
  }

  /**
   * A line.
   *
   * @param css its colour
   * @param name as it is called at its end
   * @param shape how it is drawn
   * @param values a value per day
   */
  record Line(String css, String name, Shape shape, List<Double> values) {
    static Line of(String css, String name, double[] values) {
      return new Line(css, name, Shape.LINE, DoubleStream.of(values).boxed().toList());
    }

    static Line of(String css, String name, Shape shape, double[] values) {
      return new Line(css, name, shape, DoubleStream.of(values).boxed().toList());
    }
  }

  /** How a line is drawn. */
  enum Shape {
    LINE,
    FAINT,
    DASHED,
    /** Filled between the line and 0. */
    AREA;

    private String css() {
      return this == LINE ? "line " : "line " + name().toLowerCase(Locale.ROOT) + " ";
    }
  }

  private LineChart(String label, double height, Unit unit, List<LocalDate> days, List<Line> all) {
    this.unit = unit;
    this.days = days;
    this.lines =
        all.stream()
            .map(
                line ->
                    new Line(
                        line.css(),
                        line.name(),
                        line.shape(),
                        line.values().stream().map(value -> value * unit.factor()).toList()))
            .toList();
    this.bottom = height - 26;
    this.svg = new Svg(WIDTH, height, label);
    double[] values =
        lines.stream()
            .flatMap(line -> line.values().stream())
            .mapToDouble(value -> value)
            .filter(Double::isFinite)
            .toArray();
    this.y =
        Scale.withZero(
            DoubleStream.of(values).min().orElse(0),
            DoubleStream.of(values).max().orElse(0),
            bottom,
            TOP);
    this.x =
        new Scale(days.get(0).toEpochDay(), days.get(days.size() - 1).toEpochDay(), LEFT, RIGHT);
  }

  /** Draws lines over the same days. */
  static String draw(
      String label, double height, Unit unit, List<LocalDate> days, List<Line> lines) {
    if (days.size() < 2) {
      return new Svg(WIDTH, height, label)
          .words("tick", LEFT, height / 2, "fewer than two days")
          .end();
    }
    return new LineChart(label, height, unit, days, lines).draw();
  }

  private String draw() {
    int ticks = (int) Math.round((bottom - TOP) / HEIGHT_OF_TICK);
    for (double tick : y.ticks(ticks)) {
      svg.line("rule", LEFT, y.at(tick), RIGHT, y.at(tick));
      svg.words(
          "tick end",
          LEFT - 8,
          y.at(tick) + 4,
          y.label(tick, ticks) + (unit == Unit.PERCENT ? " %" : ""));
    }
    Axes.dates(svg, x, TOP, bottom);
    svg.line("zero", LEFT, y.at(0), RIGHT, y.at(0));
    lines.forEach(this::line);
    ends();
    places();
    return svg.end();
  }

  private void line(Line line) {
    int[] rows = thinned(line.values());
    double[] at = IntStream.of(rows).mapToDouble(row -> x.at(days.get(row))).toArray();
    double[] up = IntStream.of(rows).mapToDouble(row -> y.at(line.values().get(row))).toArray();
    if (line.shape() == Shape.AREA) {
      svg.area("area " + line.css(), at, up, y.at(0));
    }
    svg.curve(line.shape().css() + line.css(), at, up);
  }

  /** Rows that are drawn; those without a value never are. */
  private static int[] thinned(List<Double> values) {
    int[] rows =
        IntStream.range(0, values.size()).filter(row -> Double.isFinite(values.get(row))).toArray();
    if (rows.length <= MOST_POINTS) {
      return rows;
    }
    int stretches = MOST_POINTS / POINTS_OF_STRETCH;
    IntStream.Builder kept = IntStream.builder();
    for (int i = 0; i < stretches; i++) {
      int from = (int) ((long) rows.length * i / stretches);
      int to = (int) ((long) rows.length * (i + 1) / stretches);
      List<Integer> stretch = IntStream.range(from, to).mapToObj(row -> rows[row]).toList();
      Comparator<Integer> byValue = Comparator.comparingDouble(values::get);
      IntStream.of(
              stretch.get(0),
              stretch.stream().min(byValue).orElseThrow(),
              stretch.stream().max(byValue).orElseThrow(),
              stretch.get(stretch.size() - 1))
          .sorted()
          .distinct()
          .forEach(kept::add);
    }
    return kept.build().toArray();
  }

  /** The last values, none written over another. */
  private void ends() {
    List<Line> named =
        lines.stream()
            .filter(line -> line.shape() != Shape.FAINT)
            .sorted(Comparator.comparingDouble(line -> -last(line)))
            .toList();
    double[] at = named.stream().mapToDouble(line -> y.at(last(line))).toArray();
    for (int i = 1; i < at.length; i++) {
      at[i] = Math.max(at[i], at[i - 1] + TEXT_HEIGHT);
    }
    double lowest = bottom;
    for (int i = at.length - 1; i >= 0; i--) {
      at[i] = Math.min(at[i], lowest);
      lowest = at[i] - TEXT_HEIGHT;
      Line line = named.get(i);
      svg.words(
          "tag " + line.css(), RIGHT + 6, at[i] + 4, line.name() + " " + unit.write(last(line)));
    }
  }

  private static double last(Line line) {
    for (int row = line.values().size() - 1; row >= 0; row--) {
      if (Double.isFinite(line.values().get(row))) {
        return line.values().get(row);
      }
    }
    return 0;
  }

  /** Invisible boxes that tell the values when they are pointed at. */
  private void places() {
    int places = Math.min(PLACES, days.size());
    double width = (RIGHT - LEFT) / places;
    for (int place = 0; place < places; place++) {
      int row = (int) ((long) (days.size() - 1) * place / Math.max(1, places - 1));
      StringJoiner values = new StringJoiner(", ", days.get(row) + ": ", "");
      for (Line line : lines) {
        double value = line.values().get(row);
        values.add(line.name() + " " + (Double.isFinite(value) ? unit.write(value) : "-"));
      }
      double left = x.at(days.get(row)) - width / 2;
      svg.box("place", left, TOP, width, bottom - TOP, values.toString());
    }
  }
}
