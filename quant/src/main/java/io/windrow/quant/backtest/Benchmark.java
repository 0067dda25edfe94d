package io.windrow.quant.backtest;

import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Series;
import java.util.List;

/**
 * Daily changes of a benchmark: the mean over its symbols of close/Ref(close, 1) - 1, and 0 on days
 * without any.
 */
final class Benchmark {

  private final List<Series> closes;

  private Benchmark(List<Series> closes) {
    this.closes = closes;
  }

  /**
   * Reads the prices.
   *
   * @throws DataException if the data lacks a symbol
   */
  static Benchmark read(DataStore data, List<String> symbols) {
    return new Benchmark(symbols.stream().map(symbol -> closes(data, symbol)).toList());
  }

  private static Series closes(DataStore data, String symbol) {
    Series closes = data.read(symbol, "close");
    if (closes.isEmpty()) {
      throw new DataException(
          "the data has no close of the benchmark "
              + symbol
              + ": name an index that it has, or a list of symbols whose mean is taken");
    }
    return closes;
  }

  /**
   * The change on a day of the calendar. Qlib adds 1 in single precision and takes it away again;
   * so does this, else a calm day would differ by more than rounding.
   */
  double change(int day) {
    double sum = 0;
    int count = 0;
    for (Series series : closes) {
      int i = day - series.start();
      if (i > 0 && i < series.values().length) {
        float change = series.values()[i] / series.values()[i - 1] - 1;
        if (!Float.isNaN(change)) {
          sum += change;
          count++;
        }
      }
    }
    float mean = count == 0 ? 0 : (float) (sum / count);
    return (mean + 1) - 1;
  }
}
