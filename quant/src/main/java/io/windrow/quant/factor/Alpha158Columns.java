package io.windrow.quant.factor;

import io.windrow.quant.factor.expression.Column;
import io.windrow.quant.factor.rolling.SortedWindow;
import io.windrow.quant.factor.rolling.WindowCorrelation;
import io.windrow.quant.factor.rolling.WindowExtreme;
import io.windrow.quant.factor.rolling.WindowMoments;
import io.windrow.quant.factor.rolling.WindowRegression;
import io.windrow.quant.factor.rolling.WindowSum;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One instrument's columns of {@link Alpha158Plan}. Days of the series are counted from the first
 * loaded day, {@link #first} is the first of them that is wanted.
 */
final class Alpha158Columns {

  /** Added to denominators; as Qlib does it, in single precision to bars, in double to windows. */
  private static final double EPSILON = 1e-12;

  private static final Map<String, Integer> PLACES = places();

  private final double[] open;
  private final double[] high;
  private final double[] low;
  private final double[] close;
  private final double[] volume;
  private final double[] vwap;
  private final int days;
  private final int first;

  /** Place in the columns of series day 0, negative if it is not wanted. */
  private final int offset;

  private final float[][] columns;

  Alpha158Columns(List<Column> bar, Column vwap, DayRange wanted, float[][] columns) {
    open = bar.get(0).values();
    high = bar.get(1).values();
    low = bar.get(2).values();
    close = bar.get(3).values();
    volume = bar.get(4).values();
    days = close.length;
    int start = bar.get(3).start();
    this.vwap = new double[days];
    Arrays.setAll(this.vwap, day -> vwap.at(start + day));
    offset = start - wanted.first();
    first = Math.max(0, -offset);
    this.columns = columns;
  }

  private static Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    List<String> names = Alpha158.FACTORS.names();
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
    return Map.copyOf(places);
  }

  void compute() {
    for (float[] column : columns) {
      Arrays.fill(column, Float.NaN);
    }
    bars();
    double[] logVolume = new double[days];
    double[] growth = new double[days];
    double[] logVolumeGrowth = new double[days];
    double[] turmoil = new double[days];
    for (int day = 0; day < days; day++) {
      float before = day == 0 ? Float.NaN : (float) close[day - 1];
      float volumeBefore = day == 0 ? Float.NaN : (float) volume[day - 1];
      float price = (float) close[day];
      float amount = (float) volume[day];
      logVolume[day] = (float) Math.log(amount + 1);
      growth[day] = price / before;
      logVolumeGrowth[day] = (float) Math.log(amount / volumeBefore + 1);
      turmoil[day] = Math.abs(price / before - 1) * amount;
    }
    Moves prices = new Moves(close);
    Moves traded = new Moves(volume);
    for (int window : Alpha158.WINDOWS) {
      trend(window);
      extremes(window);
      ranks(window);
      correlations("CORR", window, close, logVolume);
      correlations("CORD", window, growth, logVolumeGrowth);
      counts(window, prices);
      moves("SUM", window, prices);
      volumes(window, turmoil);
      moves("VSUM", window, traded);
    }
  }

  /** The changes of a series from the day before, split by sign; NaN where either day is. */
  private static final class Moves {

    final double[] up;
    final double[] down;
    final double[] isUp;
    final double[] isDown;

    Moves(double[] series) {
      up = new double[series.length];
      down = new double[series.length];
      isUp = new double[series.length];
      isDown = new double[series.length];
      for (int day = 0; day < series.length; day++) {
        float move = day == 0 ? Float.NaN : (float) series[day] - (float) series[day - 1];
        up[day] = Math.max(move, 0);
        down[day] = Math.max(-move, 0);
        isUp[day] = move > 0 ? 1 : 0;
        isDown[day] = move < 0 ? 1 : 0;
      }
    }
  }

  private float[] column(String name) {
    return columns[PLACES.get(name)];
  }

  private float[] column(String family, int window) {
    return column(family + window);
  }

  private void bars() {
    float[] kmid = column("KMID");
    float[] klen = column("KLEN");
    float[] kmid2 = column("KMID2");
    float[] kup = column("KUP");
    float[] kup2 = column("KUP2");
    float[] klow = column("KLOW");
    float[] klow2 = column("KLOW2");
    float[] ksft = column("KSFT");
    float[] ksft2 = column("KSFT2");
    float[] open0 = column("OPEN0");
    float[] high0 = column("HIGH0");
    float[] low0 = column("LOW0");
    float[] vwap0 = column("VWAP0");
    for (int day = first; day < days; day++) {
      int i = day + offset;
      float o = (float) open[day];
      float h = (float) high[day];
      float l = (float) low[day];
      float c = (float) close[day];
      float range = h - l + (float) EPSILON;
      float upper = h - Math.max(o, c);
      float lower = Math.min(o, c) - l;
      float shift = 2 * c - h - l;
      kmid[i] = (c - o) / o;
      klen[i] = (h - l) / o;
      kmid2[i] = (c - o) / range;
      kup[i] = upper / o;
      kup2[i] = upper / range;
      klow[i] = lower / o;
      klow2[i] = lower / range;
      ksft[i] = shift / o;
      ksft2[i] = shift / range;
      open0[i] = o / c;
      high0[i] = h / c;
      low0[i] = l / c;
      vwap0[i] = (float) vwap[day] / c;
    }
  }

  private void trend(int window) {
    WindowRegression line = WindowRegression.of(close, window);
    float[] roc = column("ROC", window);
    float[] ma = column("MA", window);
    float[] std = column("STD", window);
    float[] beta = column("BETA", window);
    float[] rsqr = column("RSQR", window);
    float[] resi = column("RESI", window);
    for (int day = first; day < days; day++) {
      int i = day + offset;
      double c = close[day];
      roc[i] = day < window ? Float.NaN : (float) (close[day - window] / c);
      ma[i] = (float) (line.mean(day) / c);
      std[i] = (float) (line.deviation(day) / c);
      beta[i] = (float) (line.slope(day) / c);
      rsqr[i] = (float) line.rsquare(day);
      resi[i] = (float) (line.residual(day) / c);
    }
  }

  private void extremes(int window) {
    WindowExtreme highest = WindowExtreme.max(high, window);
    WindowExtreme lowest = WindowExtreme.min(low, window);
    float[] max = column("MAX", window);
    float[] min = column("MIN", window);
    float[] rsv = column("RSV", window);
    float[] imax = column("IMAX", window);
    float[] imin = column("IMIN", window);
    float[] imxd = column("IMXD", window);
    for (int day = first; day < days; day++) {
      int i = day + offset;
      double c = close[day];
      double top = highest.value(day);
      double bottom = lowest.value(day);
      max[i] = (float) (top / c);
      min[i] = (float) (bottom / c);
      rsv[i] = (float) ((c - bottom) / (top - bottom + EPSILON));
      imax[i] = (float) (highest.position(day) / window);
      imin[i] = (float) (lowest.position(day) / window);
      imxd[i] = (float) ((highest.position(day) - lowest.position(day)) / window);
    }
  }

  private void ranks(int window) {
    SortedWindow sorted = new SortedWindow(close, window);
    float[] upper = column("QTLU", window);
    float[] lower = column("QTLD", window);
    float[] rank = column("RANK", window);
    for (int day = 0; day < days; day++) {
      sorted.advance();
      if (day >= first) {
        int i = day + offset;
        upper[i] = (float) (sorted.quantile(0.8) / close[day]);
        lower[i] = (float) (sorted.quantile(0.2) / close[day]);
        rank[i] = (float) sorted.rank();
      }
    }
  }

  private void correlations(String family, int window, double[] x, double[] y) {
    WindowCorrelation correlation = WindowCorrelation.of(x, y, window);
    float[] column = column(family, window);
    for (int day = first; day < days; day++) {
      column[day + offset] = (float) correlation.correlation(day);
    }
  }

  private void counts(int window, Moves price) {
    WindowSum ups = WindowSum.of(price.isUp, window);
    WindowSum downs = WindowSum.of(price.isDown, window);
    float[] positive = column("CNTP", window);
    float[] negative = column("CNTN", window);
    float[] difference = column("CNTD", window);
    for (int day = first; day < days; day++) {
      int i = day + offset;
      positive[i] = (float) ups.mean(day);
      negative[i] = (float) downs.mean(day);
      difference[i] = (float) (ups.mean(day) - downs.mean(day));
    }
  }

  private void moves(String family, int window, Moves moves) {
    WindowSum ups = WindowSum.of(moves.up, window);
    WindowSum downs = WindowSum.of(moves.down, window);
    float[] positive = column(family + "P", window);
    float[] negative = column(family + "N", window);
    float[] difference = column(family + "D", window);
    for (int day = first; day < days; day++) {
      int i = day + offset;
      double up = ups.sum(day);
      double down = downs.sum(day);
      double way = up + down + EPSILON;
      positive[i] = (float) (up / way);
      negative[i] = (float) (down / way);
      difference[i] = (float) ((up - down) / way);
    }
  }

  private void volumes(int window, double[] turmoil) {
    WindowMoments traded = WindowMoments.of(volume, window);
    WindowMoments weighted = WindowMoments.of(turmoil, window);
    float[] vma = column("VMA", window);
    float[] vstd = column("VSTD", window);
    float[] wvma = column("WVMA", window);
    for (int day = first; day < days; day++) {
      int i = day + offset;
      double today = (float) volume[day] + (float) EPSILON;
      vma[i] = (float) (traded.mean(day) / today);
      vstd[i] = (float) (traded.deviation(day) / today);
      wvma[i] = (float) (weighted.deviation(day) / (weighted.mean(day) + EPSILON));
    }
  }
}
