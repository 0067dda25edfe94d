package io.windrow.quant.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Instruments A to H, indices 0 to 7, all at a price of 10. */
class TopkDropoutStrategyTest {

  private static final int SIZE = 8;
  private static final double CASH = 1000;

  private final Account account = new Account(CASH, SIZE);
  private Exchange exchange = exchange();

  /** An exchange on which the given cannot be traded. */
  private static Exchange exchange(Integer... suspended) {
    float[][] bars = new float[SIZE][];
    for (int i = 0; i < SIZE; i++) {
      bars[i] = Arrays.asList(suspended).contains(i) ? null : Exchanges.bar(10, 1, 1e6f);
    }
    return Exchanges.open(Exchanges.settings(new TradeLimit.None(), Exchanges.FREE, 1), bars);
  }

  private void hold(int... instruments) {
    for (int i : instruments) {
      account.open(i, 7, 10);
    }
  }

  private List<Order> orders(StrategySettings settings, double... scores) {
    ScoreSeries.Builder series = ScoreSeries.builder();
    Map<String, Integer> indices = new TreeMap<>();
    for (int i = 0; i < SIZE; i++) {
      String symbol = Character.toString('A' + i);
      indices.put(symbol, i);
      if (i < scores.length) {
        series.add(Exchanges.DAY, symbol, scores[i]);
      }
    }
    Signal signal =
        new Signal(series.build(), new TradingCalendar(List.of(Exchanges.DAY)), indices);
    assertThat(signal.show(0)).isTrue();
    return new TopkDropoutStrategy(settings).orders(signal, account, exchange, 1);
  }

  private static StrategySettings keepNothingBack(int topk, int drop) {
    return new StrategySettings(topk, drop, false, false, 0, false, true, 1);
  }

  private static List<Integer> instruments(List<Order> orders, Side side) {
    return orders.stream().filter(order -> order.side() == side).map(Order::instrument).toList();
  }

  @Test
  void emptyAccountBuysTheBestForEqualParts() {
    List<Order> orders = orders(StrategySettings.of(2, 1), 5, 1, 9, 7);

    // 0.95 of 1000 by two purchases at 10: 47.5 shares, rounded down.
    assertThat(orders).containsExactly(new Order(2, Side.BUY, 47), new Order(3, Side.BUY, 47));
  }

  @Test
  void worstOfHeldAndNewLeave() {
    hold(0, 1, 2);

    // Held: 9, 5, 1. New: 8, 4. Worst two of all are 1 (held) and 4 (new): only C leaves.
    List<Order> orders = orders(keepNothingBack(3, 2), 9, 5, 1, 8, 4, 0);

    assertThat(instruments(orders, Side.SELL)).containsExactly(2);
    assertThat(instruments(orders, Side.BUY)).containsExactly(3);
    // 1000 and the 70 that 7 shares of C bring.
    assertThat(orders.get(1).amount()).isEqualTo(107);
  }

  @Test
  void heldWithoutScoreLeaveFirstAndTiesGoByIndex() {
    hold(6, 7);

    List<Order> orders = orders(keepNothingBack(2, 1), 3, 3, 3, 3, 3, 3, 4);

    assertThat(instruments(orders, Side.SELL)).containsExactly(7);
    assertThat(instruments(orders, Side.BUY)).containsExactly(0);
  }

  @Test
  void youngPositionsStayButTheirPlaceIsTaken() {
    hold(0, 1);

    List<Order> orders = orders(StrategySettings.of(2, 1), 1, 9, 8);

    // A is 0 days old and would have to be 1. Qlib buys in its place all the same.
    assertThat(instruments(orders, Side.SELL)).isEmpty();
    assertThat(instruments(orders, Side.BUY)).containsExactly(2);
  }

  @Test
  void suspendedAreNotTraded() {
    hold(0, 1);
    exchange = exchange(0, 2);

    List<Order> orders = orders(keepNothingBack(2, 1), 1, 9, 8, 7);

    assertThat(orders).isEmpty();
  }

  @Test
  void suspendedArePassedOverIfOnlyTradableOnesAreChosen() {
    hold(0, 1);
    exchange = exchange(0, 2);
    StrategySettings settings = new StrategySettings(2, 1, false, false, 0, true, true, 1);

    List<Order> orders = orders(settings, 1, 2, 8, 7, 3);

    assertThat(instruments(orders, Side.SELL)).containsExactly(1);
    assertThat(instruments(orders, Side.BUY)).containsExactly(3);
  }

  @Test
  void limitsMayForbidOneSideOrBoth() {
    hold(1);
    exchange =
        Exchanges.open(
            Exchanges.settings(new TradeLimit.Change(0.1), Exchanges.FREE, 1),
            Exchanges.bar(10, -0.1f),
            Exchanges.bar(10, 0.1f),
            null,
            null,
            null,
            null,
            null,
            null);
    StrategySettings both = keepNothingBack(1, 1);
    StrategySettings one = new StrategySettings(1, 1, false, false, 0, false, false, 1);

    assertThat(orders(both, 9, 1)).isEmpty();
    assertThat(instruments(orders(one, 9, 1), Side.SELL)).containsExactly(1);
    assertThat(instruments(orders(one, 9, 1), Side.BUY)).containsExactly(0);
  }

  @Test
  void dropOfNothingSellsNothing() {
    hold(0, 1);

    assertThat(orders(keepNothingBack(2, 0), 1, 2, 8, 9)).isEmpty();
  }

  @Test
  void overfullAccountBuysNothing() {
    hold(0, 1, 2, 3, 4);

    List<Order> orders = orders(keepNothingBack(2, 1), 5, 4, 3, 2, 1, 9, 8, 7);

    assertThat(instruments(orders, Side.SELL)).containsExactly(4);
    assertThat(instruments(orders, Side.BUY)).isEmpty();
  }

  @Test
  void lotsAreTheSameForTheSameSeed() {
    hold(0, 1, 2, 3);
    StrategySettings random = new StrategySettings(5, 2, true, true, 0, false, true, 1);

    List<Order> orders = orders(random, 8, 7, 6, 5, 4, 3, 2, 1);

    assertThat(orders).isEqualTo(orders(random, 8, 7, 6, 5, 4, 3, 2, 1));
    assertThat(instruments(orders, Side.SELL)).hasSize(2).isSubsetOf(0, 1, 2, 3);
    // Of the best five only E is not held.
    assertThat(instruments(orders, Side.BUY)).containsExactly(4);
  }

  @Test
  void signalOfABarHoldsDaysThatAreNoTradingDays() {
    TradingCalendar calendar =
        new TradingCalendar(List.of(Exchanges.DAY, Exchanges.DAY.plusDays(4)));
    ScoreSeries series =
        ScoreSeries.builder()
            .add(Exchanges.DAY.minusDays(1), "A", 100)
            .add(Exchanges.DAY, "A", 1)
            .add(Exchanges.DAY, "B", 2)
            .add(Exchanges.DAY.plusDays(2), "A", 3)
            .add(Exchanges.DAY.plusDays(2), "B", Double.NaN)
            .add(Exchanges.DAY.plusDays(2), "C", Double.NaN)
            .build();
    Signal signal = new Signal(series, calendar, Map.of("A", 0, "B", 1, "C", 2, "D", 3));

    assertThat(signal.show(-1)).isFalse();
    assertThat(signal.show(0)).isTrue();
    assertThat(signal.ranked()).containsExactly(0, 1, 2);
    assertThat(signal.show(1)).isFalse();
    assertThat(signal.ranked()).isEmpty();
    assertThat(IntStream.range(0, 4).boxed().sorted(signal.bestFirst()))
        .containsExactly(0, 1, 2, 3);
  }
}
