package io.windrow.cli.report;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The mean IC of each month: years are rows, months columns, a last column has the year's mean. */
final class MonthlyIc {
  private static final double WIDTH = 1000;
  private static final double LEFT = 58;
  private static final double TOP = 22;
  private static final double ROW = 30;
  private static final int COLUMNS = 13;
  private static final double CELL = (WIDTH - LEFT - 12) / COLUMNS;
  private static final List<String> HEADS =
      List.of(
          "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
          "year");

  /** The strongest colour. */
  private static final double FULL = 0.75;

  private MonthlyIc() {}

  static String draw(DailyTable ic) {
    TreeMap<YearMonth, List<Double>> months = new TreeMap<>();
    TreeMap<Integer, List<Double>> years = new TreeMap<>();
    double[] values = ic.isEmpty() ? new double[0] : ic.values("ic");
    for (int row = 0; row < values.length; row++) {
      if (Double.isFinite(values[row])) {
        YearMonth month = YearMonth.from(ic.days().get(row));
        months.computeIfAbsent(month, key -> new ArrayList<>()).add(values[row]);
        years.computeIfAbsent(month.getYear(), key -> new ArrayList<>()).add(values[row]);
      }
    }
    double largest =
        months.values().stream().mapToDouble(month -> Math.abs(mean(month))).max().orElse(1);
    List<Integer> rows = List.copyOf(years.keySet());
    Svg svg = new Svg(WIDTH, TOP + ROW * rows.size() + 4, "Mean IC of each month");
    for (int column = 0; column < COLUMNS; column++) {
      svg.words("tick middle", left(column) + CELL / 2, TOP - 8, HEADS.get(column));
    }
    for (int row = 0; row < rows.size(); row++) {
      int year = rows.get(row);
      svg.words("tick end", LEFT - 8, TOP + ROW * row + ROW / 2 + 4, String.valueOf(year));
      cell(
          svg,
          row,
          COLUMNS - 1,
          String.valueOf(year),
          years.getOrDefault(year, List.of()),
          largest);
    }
    months.forEach(
        (month, days) ->
            cell(
                svg,
                rows.indexOf(month.getYear()),
                month.getMonthValue() - 1,
                month.toString(),
                days,
                largest));
    return svg.end();
  }

  private static void cell(
      Svg svg, int row, int column, String name, List<Double> days, double largest) {
    double mean = mean(days);
    double top = TOP + ROW * row;
    svg.box(
        mean < 0 ? "cell low" : "cell high",
        left(column) + 1,
        top + 1,
        CELL - 2,
        ROW - 2,
        FULL * Math.min(1, Math.abs(mean) / Math.max(largest, Double.MIN_NORMAL)),
        "%s: mean IC %s of %d days"
            .formatted(name, String.format(Locale.ROOT, "%.4f", mean), days.size()));
    svg.words(
        "incell middle",
        left(column) + CELL / 2,
        top + ROW / 2 + 4,
        String.format(Locale.ROOT, "%.3f", mean));
  }

  private static double left(int column) {
    return LEFT + CELL * column + (column == COLUMNS - 1 ? 12 : 0);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElse(0);
  }
}
