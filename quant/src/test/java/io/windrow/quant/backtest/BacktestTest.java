package io.windrow.quant.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.backtest.BacktestSettings.Opening;
import io.windrow.quant.backtest.BacktestSettings.Weighting;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.evaluate.ScoreSeries;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five days of two stocks and an index, worked out by hand. */
class BacktestTest {

  private static final LocalDate FIRST = TinyMarket.FIRST;

  @TempDir private Path folder;
  private DataStoreWriter writer;

  @BeforeEach
  void write() {
    writer = TinyMarket.write(folder);
  }

  private BacktestResult run(BacktestSettings settings) {
    return Backtest.run(DataStore.open(folder), TinyMarket.SCORES, settings);
  }

  private static BacktestSettings settings(
      DateRange days, Map<String, Opening> opening, boolean buyFirst) {
    ExchangeSettings exchange =
        Exchanges.settings(new TradeLimit.None(), new ExchangeSettings.Costs(0.01, 0.02, 0, 0), 1);
    return new BacktestSettings(
        days,
        1000,
        opening,
        List.of("INDEX"),
        new StrategySettings(1, 1, false, false, 1, false, true, 0.5),
        new ExchangeSettings(
            "all",
            List.of("A", "B"),
            DateRange.ALL,
            "$close",
            "$close",
            exchange.limit(),
            List.of(),
            List.of(),
            exchange.costs(),
            1),
        buyFirst,
        Weighting.ORDERS);
  }

  @Test
  void tradesOnTheDayAfterTheSignal() {
    BacktestResult result = run(settings(DateRange.ALL, Map.of(), false));

    // From the first day with scores to the day before the last one with scores.
    assertThat(result.report())
        .extracting(ReportDay::date)
        .containsExactly(FIRST, FIRST.plusDays(1), FIRST.plusDays(2), FIRST.plusDays(3));
    // No factors, so amounts are not rounded. Day 2: 500 / 10 = 50 shares of A for 500 + 5.
    assertDay(result.report().get(0), 1000, 0, 0, 0, 0, 1000);
    assertDay(result.report().get(1), 995, 0, 500.0 / 1000, 5.0 / 1000, 500, 495);
    // Day 3: A rises to 11, nothing is traded.
    assertDay(result.report().get(2), 1045, 50.0 / 995, 0, 0, 550, 495);
    // Day 4: A brings 600 - 12, half of the cash of 1083 buys 21.66 shares of B for 541.5 + 5.415.
    assertDay(
        result.report().get(3),
        1077.585,
        50.0 / 1045,
        1141.5 / 1045,
        17.415 / 1045,
        541.5,
        1083 - 541.5 - 5.415);
    assertThat(result.report().get(3).totalTurnover()).isCloseTo(1641.5, within(1e-9));
    assertThat(result.report().get(3).totalCost()).isCloseTo(22.415, within(1e-9));
    assertThat(result.positions())
        .extracting(PositionDay::instrument, PositionDay::amount, PositionDay::days)
        .containsExactly(tuple("A", 50.0, 1), tuple("A", 50.0, 2), tuple("B", 21.66, 1));
    assertThat(result.positions().get(1).weight()).isCloseTo(550.0 / 1045, within(1e-12));
  }

  private static void assertDay(
      ReportDay day,
      double account,
      double grossReturn,
      double turnover,
      double cost,
      double value,
      double cash) {
    assertThat(day.account()).isCloseTo(account, within(1e-9));
    assertThat(day.grossReturn()).isCloseTo(grossReturn, within(1e-12));
    assertThat(day.turnover()).isCloseTo(turnover, within(1e-12));
    assertThat(day.cost()).isCloseTo(cost, within(1e-12));
    assertThat(day.value()).isCloseTo(value, within(1e-9));
    assertThat(day.cash()).isCloseTo(cash, within(1e-9));
  }

  @Test
  void benchmarkStandsStillWithoutPrices() {
    BacktestResult result = run(settings(new DateRange(FIRST, FIRST.plusDays(9)), Map.of(), false));

    assertThat(result.report()).hasSize(5);
    double[] expected = {0, 0.01, 0, 0, 0};
    for (int day = 0; day < 5; day++) {
      assertThat(result.report().get(day).bench()).isCloseTo(expected[day], within(1e-7));
    }
  }

  @Test
  void indicatorsTellHowOrdersWereFilled() {
    BacktestResult result = run(settings(DateRange.ALL, Map.of(), false));

    assertThat(result.indicators()).extracting(IndicatorDay::orders).containsExactly(0, 1, 0, 2);
    assertThat(result.indicators().get(0).fillRate()).isNaN();
    assertThat(result.indicators().get(3).fillRate()).isCloseTo(1, within(1e-12));
    assertThat(result.indicators().get(3).value()).isCloseTo(1141.5, within(1e-9));
    assertThat(PortfolioAnalysis.of(result, Weighting.VALUE).indicators())
        .containsEntry("ffr", 1.0)
        .containsEntry("pa", 0.0)
        .containsEntry("pos", 0.0);
  }

  @Test
  void purchasesMayComeFirstAndThenLackTheMoney() {
    BacktestResult result = run(settings(DateRange.ALL, Map.of(), true));

    // Half of 495 + 588 is wanted, and 495 / 1.01 can be paid before the sale.
    assertThat(result.report().get(3).value()).isCloseTo(495 / 1.01, within(1e-9));
    assertThat(result.indicators().get(3).fillRate())
        .isCloseTo((1 + 495 / 1.01 / 541.5) / 2, within(1e-12));
  }

  @Test
  void openingPositionsAreNoReturn() {
    BacktestResult result =
        run(
            settings(
                new DateRange(FIRST.plusDays(1), FIRST.plusDays(1)),
                Map.of("B", new Opening(10, 16), "A", new Opening(5, Double.NaN)),
                false));

    // 1000 + 160 + 50 before; B closes at 20. Both stay: the worse one is not a day old yet.
    ReportDay day = result.report().get(0);
    assertThat(day.account()).isEqualTo(1250);
    assertThat(day.grossReturn()).isCloseTo(40.0 / 1210, within(1e-12));
  }

  @Test
  void saysWhatTheDataLacks() {
    writer.series("INDEX", "close", Series.EMPTY);

    assertThatThrownBy(() -> run(settings(DateRange.ALL, Map.of(), false)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("benchmark INDEX");
    TinyMarket.close(writer, "INDEX", 1, 1);
    assertThatThrownBy(
            () -> run(settings(DateRange.ALL, Map.of("C", new Opening(1, Double.NaN)), false)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the account holds C");
  }

  @Test
  void withoutADayNothingHappens() {
    assertThat(run(settings(new DateRange(FIRST.plusDays(9), null), Map.of(), false)).report())
        .isEmpty();
    assertThat(
            Backtest.run(
                    DataStore.open(folder),
                    ScoreSeries.builder().build(),
                    settings(DateRange.ALL, Map.of(), false))
                .report())
        .isEmpty();
  }
}
