package io.windrow.quant.calendar;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far apart the bars of market data are, written as Qlib writes it in the names of files:
 * {@code day}, {@code 1min}, {@code 30min}, {@code 1week}.
 *
 * @param count how many units lie between two bars, at least 1
 */
public record Frequency(int count, Unit unit) {

  /** What is counted. */
  public enum Unit {
    SECOND("sec"),
    MINUTE("min"),
    DAY("day"),
    WEEK("week"),
    MONTH("month");

    private final String word;

    Unit(String word) {
      this.word = word;
    }
  }

  /** One bar a day. */
  public static final Frequency DAILY = new Frequency(1, Unit.DAY);

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{0,6})(month|mon|week|w|day|d|minute|min|second|sec)");

  public Frequency {
    if (count < 1) {
      throw new IllegalArgumentException("a frequency counts from 1, not " + count);
    }
  }

  /**
   * Reads what Qlib's {@code Freq.parse} takes: an optional count and {@code month}, {@code mon},
   * {@code week}, {@code w}, {@code day}, {@code d}, {@code minute}, {@code min}, {@code second} or
   * {@code sec}, in capitals or not.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static Frequency parse(String text) {
    Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches() || matcher.group(1).matches("0+")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a frequency: write day, 1min, 5min, 30min, week or month");
    }
    int count = matcher.group(1).isEmpty() ? 1 : Integer.parseInt(matcher.group(1));
    return new Frequency(count, unit(matcher.group(2)));
  }

  private static Unit unit(String word) {
    return switch (word) {
      case "month", "mon" -> Unit.MONTH;
      case "week", "w" -> Unit.WEEK;
      case "day", "d" -> Unit.DAY;
      case "minute", "min" -> Unit.MINUTE;
      default -> Unit.SECOND;
    };
  }

  /** Whether a day has several bars, so that a bar is told by its time of day, too. */
  public boolean isIntraday() {
    return unit == Unit.SECOND || unit == Unit.MINUTE;
  }

  /** The word for it in the names of files. */
  @Override
  public String toString() {
    return equals(DAILY) ? Unit.DAY.word : count + unit.word;
  }
}
