package io.windrow.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How figures are written for people, the same in the terminal and in the report. */
public final class Figures {
  private Figures() {}

  /** Four decimals, a dash for what is not known. */
  public static String statistic(@Nullable Double value) {
    return value == null || value.isNaN() ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** A share in per cent with two decimals, a dash for what is not known. */
  public static String percent(@Nullable Double value) {
    return value == null || value.isNaN()
        ? "-"
        : String.format(Locale.ROOT, "%.2f %%", value * 100);
  }

  /** A whole number, a dash for what is not known. */
  public static String whole(@Nullable Double value) {
    return value == null || value.isNaN() ? "-" : String.format(Locale.ROOT, "%.0f", value);
  }

  /** Seconds with one decimal. */
  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** Seconds with one decimal. */
  public static String seconds(Duration duration) {
    return seconds(duration.toMillis() / 1000.0);
  }

  /** With thousands separated by commas. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
