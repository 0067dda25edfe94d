package io.windrow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticMarketTest {
  private static final LocalDate FIRST = LocalDate.of(2015, 9, 1);
  private static final LocalDate LAST = LocalDate.of(2023, 12, 29);

  @Test
  void the_same_seed_gives_the_same_market() {
    SyntheticMarket one = SyntheticMarket.of(3, FIRST, LAST);
    SyntheticMarket other = SyntheticMarket.of(3, FIRST, LAST);
    assertThat(one.days()).isEqualTo(other.days());
    for (int i = 0; i < 3; i++) {
      for (String field : one.stocks().get(i).fields().keySet()) {
        assertThat(one.stocks().get(i).fields().get(field))
            .isEqualTo(other.stocks().get(i).fields().get(field));
      }
    }
    // Pinned: these bars must not change with a Java version or a machine.
    assertThat(one.stocks().get(0).fields().get("close")[2000]).isEqualTo(721.5154f);
  }

  @Test
  void trades_on_weekdays_but_not_on_holidays() {
    List<LocalDate> days = SyntheticMarket.of(1, FIRST, LAST).days();
    assertThat(days)
        .hasSizeBetween(2100, 2175)
        .noneMatch(day -> day.getDayOfWeek() == DayOfWeek.SUNDAY)
        .doesNotContain(LocalDate.of(2019, 12, 25), LocalDate.of(2019, 11, 28))
        .contains(LocalDate.of(2019, 12, 24), LocalDate.of(2019, 11, 21));
  }

  @Test
  void the_index_moves_by_the_mean_of_its_stocks() {
    SyntheticMarket market = SyntheticMarket.of(9, FIRST, LAST);
    float[] index = market.index();
    assertThat(index).hasSize(market.days().size());
    assertThat(index[0]).isEqualTo(1000);
    // The eighth is not listed yet on the second day, and is on the last.
    for (int day : new int[] {1, index.length - 1}) {
      double mean =
          market.stocks().stream()
              .mapToDouble(stock -> stock.close(day) / stock.close(day - 1) - 1)
              .filter(change -> !Double.isNaN(change))
              .average()
              .orElseThrow();
      assertThat(index[day] / (double) index[day - 1] - 1).isCloseTo(mean, within(1e-6));
    }
  }

  @Test
  void every_bar_is_possible() {
    for (SyntheticStock stock : SyntheticMarket.of(10, FIRST, LAST).stocks()) {
      float[] open = stock.fields().get("open");
      float[] high = stock.fields().get("high");
      float[] low = stock.fields().get("low");
      float[] close = stock.fields().get("close");
      float[] vwap = stock.fields().get("vwap");
      int traded = 0;
      for (int t = 0; t < close.length; t++) {
        if (!Float.isNaN(close[t])) {
          traded++;
          assertThat(low[t]).isPositive().isLessThanOrEqualTo(Math.min(open[t], close[t]));
          assertThat(high[t]).isGreaterThanOrEqualTo(Math.max(open[t], close[t]));
          assertThat(vwap[t]).isBetween(low[t], high[t]);
        }
      }
      assertThat(traded).isBetween((int) (close.length * 0.98), close.length - 1);
    }
  }

  @Test
  void one_stock_in_twenty_is_listed_late() {
    assertThat(SyntheticMarket.of(40, FIRST, LAST).stocks())
        .filteredOn(stock -> stock.listed() > 0)
        .extracting(SyntheticStock::symbol)
        .containsExactly("SYN008", "SYN028");
  }

  @Test
  void the_planted_signal_is_there_and_weak() {
    SyntheticMarket market = SyntheticMarket.of(60, FIRST, LAST);
    List<Double> ics = new ArrayList<>();
    for (int t = 300; t + 2 < market.days().size(); t += 2) {
      List<double[]> pairs = new ArrayList<>();
      for (SyntheticStock stock : market.stocks()) {
        float[] close = stock.fields().get("close");
        int at = t - stock.listed();
        double past = close[at] / close[at - 5] - 1;
        double label = close[at + 2] / close[at + 1] - 1;
        if (!Double.isNaN(past) && !Double.isNaN(label)) {
          pairs.add(new double[] {-past, label});
        }
      }
      ics.add(correlation(pairs));
    }
    double ic = ics.stream().mapToDouble(x -> x).average().orElseThrow();
    assertThat(ic).isCloseTo(0.055, within(0.01));
  }

  private static double correlation(List<double[]> pairs) {
    double[] x = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
    double[] y = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
