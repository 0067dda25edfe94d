package io.windrow.quant.data.health;

import io.windrow.quant.data.Series;
import java.util.BitSet;
import java.util.SortedMap;

/** Checks that look at a bar as a whole. */
final class BarCheck {

  /** Adjusted prices are rounded to seven digits, each by itself. */
  private static final double ROUNDING = 1e-5;

  private BarCheck() {}

  /** Low must be the least of a bar's prices, high the most. */
  static void order(SortedMap<String, Series> fields, Findings findings) {
    int start = fields.values().stream().mapToInt(Series::start).min().orElse(0);
    int end = fields.values().stream().mapToInt(Series::end).max().orElse(0);
    BitSet bars = new BitSet();
    for (int bar = start; bar < end; bar++) {
      double open = value(fields, "open", bar);
      double high = value(fields, "high", bar);
      double low = value(fields, "low", bar);
      double close = value(fields, "close", bar);
      if (above(open, high)
          || above(close, high)
          || above(low, high)
          || above(low, open)
          || above(low, close)) {
        bars.set(bar);
      }
    }
    if (!bars.isEmpty()) {
      int bar = bars.nextSetBit(0);
      findings.bars(
          Severity.ERROR,
          FindingKind.ORDER,
          "",
          bars,
          "on %s open %s, high %s, low %s, close %s"
              .formatted(
                  findings.day(bar),
                  (float) value(fields, "open", bar),
                  (float) value(fields, "high", bar),
                  (float) value(fields, "low", bar),
                  (float) value(fields, "close", bar)));
    }
  }

  /** Whether it is, by more than rounding; false if one of them is missing. */
  private static boolean above(double price, double limit) {
    return price - limit > ROUNDING * Math.abs(limit);
  }

  private static double value(SortedMap<String, Series> fields, String field, int bar) {
    Series series = fields.getOrDefault(field, Series.EMPTY);
    return bar >= series.start() && bar < series.end()
        ? series.values()[bar - series.start()]
        : Double.NaN;
  }

  /**
   * Listed bars between the first and the last with values that have none.
   *
   * @param allowed runs up to that length are no finding
   */
  static void gaps(BitSet present, BitSet listed, int allowed, Findings findings) {
    BitSet missing = new BitSet();
    int runs = 0;
    int longest = 0;
    int longestFrom = -1;
    int from = present.nextClearBit(Math.max(0, present.nextSetBit(0)));
    while (from < present.length()) {
      int end = present.nextSetBit(from);
      BitSet run = listed.get(from, end);
      int length = run.cardinality();
      if (length > allowed) {
        runs++;
        int offset = from;
        run.stream().forEach(bar -> missing.set(offset + bar));
        if (length > longest) {
          longest = length;
          longestFrom = from + run.nextSetBit(0);
        }
      }
      from = present.nextClearBit(end);
    }
    findings.bars(
        Severity.WARNING,
        FindingKind.GAP,
        "",
        missing,
        "%d in all, the longest of %d bars from %s"
            .formatted(runs, longest, findings.day(longestFrom)));
  }
}
