package io.windrow.quant.backtest;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The scores of one bar by index of the instrument, shown bar after bar. */
final class Signal {

  private final ScoreSeries series;
  private final TradingCalendar calendar;
  private final Map<String, Integer> indices;
  private final double[] scores;
  private final boolean[] present;
  private List<Integer> ranked = List.of();
  private int next;

  /**
   * The scores of a series.
   *
   * @param indices of all instruments by symbol
   */
  Signal(ScoreSeries series, TradingCalendar calendar, Map<String, Integer> indices) {
    this.series = series;
    this.calendar = calendar;
    this.indices = Map.copyOf(indices);
    scores = new double[indices.size()];
    present = new boolean[indices.size()];
  }

  /**
   * Goes on to a bar: the scores from its day to the eve of the next one, the last of each
   * instrument. Bars must come in ascending order.
   *
   * @param bar index in the calendar, -1 for the time before it
   * @return whether there are scores
   */
  boolean show(int bar) {
    Arrays.fill(present, false);
    Arrays.fill(scores, Double.NaN);
    boolean any = false;
    while (next < series.size() && bar(next) <= bar) {
      if (bar(next) == bar && bar >= 0) {
        int instrument = indices.getOrDefault(series.instrument(next), -1);
        present[instrument] = true;
        if (!Double.isNaN(series.value(next))) {
          scores[instrument] = series.value(next);
        }
        any = true;
      }
      next++;
    }
    ranked =
        IntStream.range(0, present.length)
            .filter(instrument -> present[instrument])
            .boxed()
            .sorted(this::compare)
            .toList();
    return any;
  }

  private int bar(int row) {
    return calendar.floor(series.date(row));
  }

  /** The instruments that have a score, even NaN, best first. */
  List<Integer> ranked() {
    return ranked;
  }

  /**
   * Orders by score, best first; then those without a score. Equal ones are in order of their
   * index.
   */
  Comparator<Integer> bestFirst() {
    return this::compare;
  }

  private int compare(int left, int right) {
    double a = scores[left];
    double b = scores[right];
    if (Double.isNaN(a) || Double.isNaN(b)) {
      int order = Boolean.compare(Double.isNaN(a), Double.isNaN(b));
      return order != 0 ? order : Integer.compare(left, right);
    }
    return a > b ? -1 : a < b ? 1 : Integer.compare(left, right);
  }
}
