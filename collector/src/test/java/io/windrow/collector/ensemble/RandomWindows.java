package io.windrow.collector.ensemble;

import io.windrow.quant.evaluate.ScoreSeries;
import java.time.LocalDate;
import java.util.Random;

/** Windows with gaps and NaNs that overlap, touch, or start on the same day. */
final class RandomWindows {
  private static final int SPAN = 20;
  private static final int LONGEST = 8;
  private static final int STOCKS = 5;

  private RandomWindows() {}

  static ScoreSeries window(Random random, LocalDate from) {
    LocalDate first = from.plusDays(random.nextInt(SPAN));
    int days = 1 + random.nextInt(LONGEST);
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (int day = 0; day < days; day++) {
      for (int stock = 0; stock < STOCKS; stock++) {
        if (random.nextInt(5) > 0) {
          double value = random.nextInt(7) == 0 ? Double.NaN : random.nextGaussian();
          rows.add(first.plusDays(day), "S" + stock, value);
        }
      }
    }
    return rows.build();
  }
}
