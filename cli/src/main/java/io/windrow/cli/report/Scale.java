package io.windrow.cli.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis.
 *
 * @param low value at its begin
 * @param high value at its end, above {@code low}
 * @param begin pixel of {@code low}
 * @param end pixel of {@code high}
 */
record Scale(double low, double high, double begin, double end) {

  /** An axis over the values, widened to whole steps, with 0 on it. */
  static Scale withZero(double smallest, double largest, double begin, double end) {
    double low = Math.min(0, smallest);
    double high = Math.max(0, largest);
    if (!(high > low)) {
      high = low + 1;
    }
    double step = step(high - low, 5);
    return new Scale(Math.floor(low / step) * step, Math.ceil(high / step) * step, begin, end);
  }

  double at(double value) {
    return begin + (value - low) / (high - low) * (end - begin);
  }

  /** On an axis of days since 1970. */
  double at(LocalDate day) {
    return at((double) day.toEpochDay());
  }

  /** Whole steps of 1, 2 or 5 times a power of ten, about so many. */
  List<Double> ticks(int about) {
    double step = step(high - low, about);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A tick in as many decimals as the step needs. */
  String label(double tick, int about) {
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step(high - low, about)) - 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", tick);
  }

  private static double step(double range, int about) {
    double rough = range / about;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double lead = rough / power;
    return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
  }
}
