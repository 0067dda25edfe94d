package io.windrow.quant.evaluate;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One value per (day, instrument), sorted by day and then by instrument name; no pair occurs twice.
 * Predictions and labels have this shape. Immutable, 16 bytes a row. A value may be NaN.
 */
public final class ScoreSeries {

  private static final ScoreSeries EMPTY =
      new ScoreSeries(List.of(), new int[0], new int[0], new double[0]);

  private final List<String> symbols;
  private final int[] days;
  private final int[] instruments;
  private final double[] values;

  private ScoreSeries(List<String> symbols, int[] days, int[] instruments, double[] values) {
    this.symbols = symbols;
    this.days = days;
    this.instruments = instruments;
    this.values = values;
  }

  /** Collects rows in any order. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Lays series over each other: where several have a row, the last of them wins, even with NaN.
   * Given in the order of their first days, this is Qlib's RollingEnsemble.
   */
  public static ScoreSeries overlay(List<ScoreSeries> series) {
    Builder rows = builder();
    for (ScoreSeries one : series) {
      rows.addAll(one);
    }
    return rows.build(true);
  }

  /** Number of rows. */
  public int size() {
    return values.length;
  }

  public boolean isEmpty() {
    return values.length == 0;
  }

  public LocalDate date(int row) {
    return LocalDate.ofEpochDay(days[row]);
  }

  /** Day of a row, counted from 1970-01-01. */
  public int epochDay(int row) {
    return days[row];
  }

  public String instrument(int row) {
    return symbols.get(instruments[row]);
  }

  public double value(int row) {
    return values[row];
  }

  /** Number of different days. */
  public int dayCount() {
    int count = 0;
    for (int row = 0; row < days.length; row++) {
      if (row == 0 || days[row] != days[row - 1]) {
        count++;
      }
    }
    return count;
  }

  /** Rows of the days from {@code first} to {@code last}, both inclusive. */
  public ScoreSeries between(LocalDate first, LocalDate last) {
    int from = lowerBound(first.toEpochDay());
    int to = Math.max(from, lowerBound(last.toEpochDay() + 1));
    return new ScoreSeries(
        symbols,
        Arrays.copyOfRange(days, from, to),
        Arrays.copyOfRange(instruments, from, to),
        Arrays.copyOfRange(values, from, to));
  }

  private int lowerBound(long day) {
    int low = 0;
    int high = days.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (days[middle] < day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Rows of a series to be. */
  public static final class Builder {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private int[] days = new int[1024];
    private int[] instruments = new int[1024];
    private double[] values = new double[1024];
    private int size;

    private Builder() {}

    @CanIgnoreReturnValue
    public Builder add(LocalDate date, String instrument, double value) {
      return add(Math.toIntExact(date.toEpochDay()), instrument, value);
    }

    /** Adds a row; the day is counted from 1970-01-01. */
    @CanIgnoreReturnValue
    public Builder add(int epochDay, String instrument, double value) {
      if (size == values.length) {
        int longer = size * 2;
        days = Arrays.copyOf(days, longer);
        instruments = Arrays.copyOf(instruments, longer);
        values = Arrays.copyOf(values, longer);
      }
      days[size] = epochDay;
      instruments[size] =
          numbers.computeIfAbsent(
              instrument,
              name -> {
                names.add(name);
                return names.size() - 1;
              });
      values[size++] = value;
      return this;
    }

    /** Adds all rows of a series. */
    @CanIgnoreReturnValue
    public Builder addAll(ScoreSeries series) {
      for (int row = 0; row < series.size(); row++) {
        add(series.epochDay(row), series.instrument(row), series.value(row));
      }
      return this;
    }

    /**
     * The sorted series.
     *
     * @throws IllegalArgumentException if a (day, instrument) was added twice
     */
    public ScoreSeries build() {
      return build(false);
    }

    private ScoreSeries build(boolean lastWins) {
      if (size == 0) {
        return EMPTY;
      }
      List<String> sorted = new ArrayList<>(new TreeSet<>(names));
      int[] rank = new int[names.size()];
      for (int i = 0; i < sorted.size(); i++) {
        rank[numbers.get(sorted.get(i))] = i;
      }
      long[] keys = new long[size];
      for (int row = 0; row < size; row++) {
        keys[row] = ((long) days[row] << 32) | rank[instruments[row]];
      }
      int[] order = order(keys);
      int[] outDays = new int[size];
      int[] outInstruments = new int[size];
      double[] outValues = new double[size];
      int count = 0;
      for (int i = 0; i < size; i++) {
        int row = order[i];
        if (i > 0 && keys[row] == keys[order[i - 1]]) {
          if (!lastWins) {
            throw new IllegalArgumentException(
                "two values for "
                    + names.get(instruments[row])
                    + " on "
                    + LocalDate.ofEpochDay(days[row]));
          }
          count--;
        }
        outDays[count] = days[row];
        outInstruments[count] = rank[instruments[row]];
        outValues[count++] = values[row];
      }
      return new ScoreSeries(
          List.copyOf(sorted),
          Arrays.copyOf(outDays, count),
          Arrays.copyOf(outInstruments, count),
          Arrays.copyOf(outValues, count));
    }

    /** Row numbers by key; equal keys stay in the order they were added. */
    private static int[] order(long[] keys) {
      boolean sorted = true;
      for (int i = 1; i < keys.length && sorted; i++) {
        sorted = keys[i - 1] < keys[i];
      }
      IntStream rows = IntStream.range(0, keys.length);
      return sorted
          ? rows.toArray()
          : rows.boxed()
              .sorted(Comparator.comparingLong(row -> keys[row]))
              .mapToInt(Integer::intValue)
              .toArray();
    }
  }
}
