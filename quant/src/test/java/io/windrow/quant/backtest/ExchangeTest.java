package io.windrow.quant.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.backtest.ExchangeSettings.Costs;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  private static final Costs COSTS = new Costs(0.01, 0.02, 5, 0);
  private static final TradeLimit TEN_PERCENT = new TradeLimit.Change(0.1);

  private static Order buy(double amount) {
    return new Order(0, Side.BUY, amount);
  }

  private static Order sell(double amount) {
    return new Order(0, Side.SELL, amount);
  }

  private static Exchange exchange(Costs costs, int unit, float factor) {
    return Exchanges.open(
        Exchanges.settings(new TradeLimit.None(), costs, unit), Exchanges.bar(10, factor, 1000));
  }

  @Test
  void amountsAreRoundedDownToUnitsOfRealShares() {
    // 250 adjusted shares at factor 0.5 are 125 real ones: one lot of 100, 200 adjusted shares.
    assertThat(exchange(COSTS, 100, 0.5f).round(0, 250)).isEqualTo(200);
    // 99.95 shares count as 100: the last digits of a division must not cost a lot.
    assertThat(exchange(COSTS, 100, 1).round(0, 99.95)).isEqualTo(100);
    assertThat(exchange(COSTS, 100, 1).round(0, 99.85)).isEqualTo(0);
    assertThat(exchange(COSTS, 0, 1).round(0, 99.95)).isEqualTo(99.95);
  }

  @Test
  void costIsARateButNotBelowTheLeast() {
    assertThat(exchange(COSTS, 1, 1).fill(buy(100), 0, 1e6))
        .isEqualTo(new Trade(buy(100), 100, 10, 1000, 10));
    assertThat(exchange(COSTS, 1, 1).fill(buy(10), 0, 1e6).cost()).isEqualTo(5);
    assertThat(exchange(COSTS, 1, 1).fill(sell(100), 100, 0).cost()).isEqualTo(20);
    // Nothing traded, nothing paid.
    assertThat(exchange(COSTS, 100, 1).fill(buy(10), 0, 1e6).cost()).isZero();
  }

  @Test
  void purchaseIsCutToTheCash() {
    // 1010 pay for 100 shares and their cost of 1 %.
    assertThat(exchange(COSTS, 1, 1).fill(buy(500), 0, 1010).amount()).isEqualTo(100);
    // Up to 505 the least cost is the larger one: (105 - 5) / 10.
    assertThat(exchange(COSTS, 1, 1).fill(buy(500), 0, 105).amount()).isEqualTo(10);
    assertThat(exchange(COSTS, 1, 1).fill(buy(500), 0, 4.99).amount()).isZero();
    assertThat(exchange(Exchanges.FREE, 1, 1).fill(buy(500), 0, 105).amount()).isEqualTo(10);
    assertThat(exchange(new Costs(0, 0, 5, 0), 1, 1).fill(buy(500), 0, 105).amount()).isEqualTo(10);
  }

  @Test
  void wholeHoldingIsSoldUnrounded() {
    assertThat(exchange(COSTS, 100, 1).fill(sell(150.5), 150.5, 0).amount()).isEqualTo(150.5);
    assertThat(exchange(COSTS, 100, 1).fill(sell(120), 150.5, 0).amount()).isEqualTo(100);
    // More than is held is cut to the holding, which then is rounded.
    assertThat(exchange(COSTS, 100, 1).fill(sell(900), 150.5, 0).amount()).isEqualTo(100);
    // The cost would eat more than the sale brings and the cash has.
    assertThat(exchange(COSTS, 1, 1).fill(sell(0.4), 0.4, 0.5).amount()).isZero();
  }

  @Test
  void impactGrowsWithTheSquareOfTheShareOfTheVolume() {
    Costs costs = new Costs(0.01, 0.02, 0, 0.1);

    // 500 of the day's 1000 shares: 0.01 + 0.1 x 0.25.
    assertThat(exchange(costs, 1, 1).fill(buy(500), 0, 1e6).cost())
        .isCloseTo(5000 * 0.035, within(1e-9));
    Exchange noVolume =
        Exchanges.open(
            Exchanges.settings(new TradeLimit.None(), costs, 1), Exchanges.bar(10, 1, Float.NaN));
    assertThat(noVolume.fill(buy(500), 0, 1e6).cost()).isCloseTo(5000 * 0.11, within(1e-9));
  }

  @Test
  void limitsForbidTheirSide() {
    Exchange exchange =
        Exchanges.open(
            Exchanges.settings(TEN_PERCENT, Exchanges.FREE, 1),
            Exchanges.bar(10, 0.1f),
            Exchanges.bar(10, -0.1f),
            Exchanges.bar(10, 0.0999f),
            Exchanges.bar(10, Float.NaN),
            Exchanges.bar(Float.NaN, 0),
            null);

    assertThat(tradable(exchange, Side.BUY)).containsExactly(1, 2, 3);
    assertThat(tradable(exchange, Side.SELL)).containsExactly(0, 2, 3);
    assertThat(tradable(exchange, null)).containsExactly(2, 3);
    assertThat(exchange.fill(buy(5), 0, 1e6).dealt()).isFalse();
    assertThat(exchange.fill(sell(5), 5, 1e6).dealt()).isTrue();
  }

  private static List<Integer> tradable(Exchange exchange, Side side) {
    return IntStream.range(0, 6).filter(i -> exchange.tradable(i, side)).boxed().toList();
  }

  @Test
  void expressionsMayForbidAndVolumesMayCut() {
    ExchangeSettings plain =
        Exchanges.settings(new TradeLimit.Expressions("$open > 1", "$open < 1"), Exchanges.FREE, 0);
    ExchangeSettings settings =
        new ExchangeSettings(
            plain.market(),
            plain.symbols(),
            plain.days(),
            plain.buyPrice(),
            plain.sellPrice(),
            plain.limit(),
            List.of("$volume", "0.1*$volume"),
            List.of("0.5*$volume"),
            plain.costs(),
            plain.tradeUnit());
    float[] free = {10, 10, 10, 1, 50, 0, 0, 50, 5, 25};
    float[] onlySold = {10, 10, 10, 1, 50, 1, 0, 50, 5, Float.NaN};
    Exchange exchange = Exchanges.open(settings, free, onlySold);

    assertThat(exchange.fill(buy(40), 0, 1e6).amount()).isEqualTo(5);
    assertThat(exchange.fill(sell(40), 40, 1e6).amount()).isEqualTo(25);
    assertThat(exchange.tradable(1, Side.BUY)).isFalse();
    assertThat(exchange.fill(new Order(1, Side.SELL, 40), 40, 1e6).amount()).isZero();
  }

  @Test
  void closeStandsInForAMissingPrice() {
    Exchange exchange =
        Exchanges.open(
            Exchanges.settings(new TradeLimit.None(), Exchanges.FREE, 1),
            new float[] {10, Float.NaN, 0, 1, 1000});

    assertThat(exchange.price(0, Side.BUY)).isEqualTo(10);
    assertThat(exchange.price(0, Side.SELL)).isEqualTo(10);
  }
}
