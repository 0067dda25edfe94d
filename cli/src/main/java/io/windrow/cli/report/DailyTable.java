package io.windrow.cli.report;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Figures of each day.
 *
 * @param days in order
 * @param columns by name, a value per day, maybe NaN
 */
public record DailyTable(List<LocalDate> days, Map<String, List<Double>> columns) {
  /** No days. */
  public static final DailyTable EMPTY = new DailyTable(List.of(), Map.of());

  public DailyTable {
    days = List.copyOf(days);
    columns = Map.copyOf(columns);
  }

  /**
   * Of the columns of an Arrow table.
   *
   * @throws IllegalArgumentException if there is no column {@code datetime}
   */
  public static DailyTable of(Map<String, List<Object>> table) {
    List<Object> days = table.get("datetime");
    if (days == null) {
      throw new IllegalArgumentException("no column datetime in " + table.keySet());
    }
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    table.forEach(
        (name, values) -> {
          if (!name.equals("datetime")) {
            columns.put(name, values.stream().map(value -> (Double) value).toList());
          }
        });
    return new DailyTable(days.stream().map(day -> (LocalDate) day).toList(), columns);
  }

  boolean isEmpty() {
    return days.isEmpty();
  }

  /** A column's values. */
  double[] values(String column) {
    return Objects.requireNonNull(columns.get(column), column).stream()
        .mapToDouble(value -> value)
        .toArray();
  }

  /** Its running sum; a day without a value adds nothing. */
  double[] sums(String column) {
    return sums(values(column));
  }

  static double[] sums(double[] values) {
    double[] sums =
        Arrays.stream(values).map(value -> Double.isFinite(value) ? value : 0).toArray();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }
}
