package io.windrow.cli.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A market that never was: random bars from a seed, with a weak signal planted in them.
 *
 * @param days its calendar
 * @param stocks its stocks
 */
record SyntheticMarket(List<LocalDate> days, List<SyntheticStock> stocks) {
  static final long SEED = 20_260_101;

  /** An index of all stocks, each with the same weight every day. */
  static final String INDEX = "SYNINDEX";

  private static final double MARKET_VOLATILITY = 0.009;
  private static final double MARKET_DRIFT = 0.0003;

  SyntheticMarket {
    days = List.copyOf(days);
    stocks = List.copyOf(stocks);
  }

  /**
   * Draws a market.
   *
   * @param stocks how many; every twentieth is listed a year late
   */
  static SyntheticMarket of(int stocks, LocalDate first, LocalDate last) {
    List<LocalDate> days = MarketDays.between(first, last);
    Random random = new Random(SEED);
    double[] market = new double[days.size()];
    for (int t = 0; t < market.length; t++) {
      market[t] = MARKET_DRIFT + MARKET_VOLATILITY * random.nextGaussian();
    }
    List<SyntheticStock> drawn = new ArrayList<>();
    for (int i = 0; i < stocks; i++) {
      int listed = i % 20 == 7 ? Math.min(250, market.length / 4) : 0;
      String symbol = String.format(Locale.ROOT, "SYN%03d", i + 1);
      drawn.add(new SyntheticStock(symbol, random.nextLong(), market, listed));
    }
    return new SyntheticMarket(days, drawn);
  }

  /** Closes of the index, a value per day: it starts at 1,000 and moves by the stocks' mean. */
  float[] index() {
    float[] index = new float[days.size()];
    double level = 1000;
    for (int day = 0; day < index.length; day++) {
      double sum = 0;
      int count = 0;
      for (SyntheticStock stock : stocks) {
        double change = stock.close(day) / stock.close(day - 1) - 1;
        if (!Double.isNaN(change)) {
          sum += change;
          count++;
        }
      }
      level *= 1 + (count == 0 ? 0 : sum / count);
      index[day] = (float) level;
    }
    return index;
  }
}
