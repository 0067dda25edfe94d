package io.windrow.collector.ensemble;

import io.windrow.collector.ensemble.Results.Keyed;
import io.windrow.collector.ensemble.Results.One;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Averages several models' scores, as Qlib's AverageEnsemble does, whatever the depth of the keys.
 *
 * <p>Each series is standardised day by day, {@code (x - mean) / std} with n - 1 in the denominator
 * and NaN left out; a row is the mean of the series that have a number there. A day on which a
 * series has one value, or the same value throughout, has no spread: it gives NaN. (Qlib divides by
 * what rounding leaves of a spread that should be zero, and so may give any number.)
 */
public final class AverageEnsemble implements Processing<ScoreSeries> {

  /**
   * The average of all results.
   *
   * @throws IllegalArgumentException if the results are not keyed
   */
  @Override
  public Results<ScoreSeries> apply(Results<ScoreSeries> results) {
    if (!(results instanceof Keyed<ScoreSeries> keyed)) {
      throw new IllegalArgumentException("there is a single result, which cannot be averaged");
    }
    return new One<>(average(keyed.flat().values()));
  }

  /** The average; it has a row where one of the series has one. Empty if there are none. */
  public static ScoreSeries average(Collection<ScoreSeries> members) {
    List<Cursor> cursors = new ArrayList<>();
    for (ScoreSeries member : members) {
      cursors.add(new Cursor(member, standardised(member)));
    }
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (Cursor next = least(cursors); next != null; next = least(cursors)) {
      int epochDay = next.epochDay();
      String instrument = next.instrument();
      double sum = 0;
      int count = 0;
      for (Cursor cursor : cursors) {
        double value = cursor.take(epochDay, instrument);
        if (!Double.isNaN(value)) {
          sum += value;
          count++;
        }
      }
      rows.add(epochDay, instrument, count == 0 ? Double.NaN : sum / count);
    }
    return rows.build();
  }

  /** The cursor whose row comes first, or null if all are at their ends. */
  private static @Nullable Cursor least(List<Cursor> cursors) {
    Cursor least = null;
    for (Cursor cursor : cursors) {
      if (!cursor.atEnd() && (least == null || cursor.compareTo(least) < 0)) {
        least = cursor;
      }
    }
    return least;
  }

  private static double[] standardised(ScoreSeries series) {
    double[] values = new double[series.size()];
    int first = 0;
    while (first < series.size()) {
      int end = first;
      while (end < series.size() && series.epochDay(end) == series.epochDay(first)) {
        end++;
      }
      standardise(series, first, end, values);
      first = end;
    }
    return values;
  }

  private static void standardise(ScoreSeries series, int first, int end, double[] values) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    int count = 0;
    for (int row = first; row < end; row++) {
      double value = series.value(row);
      if (!Double.isNaN(value)) {
        sum += value;
        least = Math.min(least, value);
        most = Math.max(most, value);
        count++;
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (int row = first; row < end; row++) {
      double distance = series.value(row) - mean;
      squares += Double.isNaN(distance) ? 0 : distance * distance;
    }
    double std = count > 1 && least < most ? Math.sqrt(squares / (count - 1)) : Double.NaN;
    for (int row = first; row < end; row++) {
      values[row] = (series.value(row) - mean) / std;
    }
  }

  /** Steps through a series, which is sorted by day and instrument. */
  private static final class Cursor {
    private final ScoreSeries series;
    private final double[] values;
    private int row;

    Cursor(ScoreSeries series, double[] values) {
      this.series = series;
      this.values = values;
    }

    boolean atEnd() {
      return row == series.size();
    }

    int epochDay() {
      return series.epochDay(row);
    }

    String instrument() {
      return series.instrument(row);
    }

    int compareTo(Cursor other) {
      int days = Integer.compare(epochDay(), other.epochDay());
      return days != 0 ? days : instrument().compareTo(other.instrument());
    }

    /** The value of that row and a step on, or NaN if the series has no such row. */
    double take(int epochDay, String instrument) {
      boolean here = !atEnd() && epochDay() == epochDay && instrument().equals(instrument);
      return here ? values[row++] : Double.NaN;
    }
  }
}
