package io.windrow.quant.backtest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Writes down each day of a back-test. */
final class BacktestLedger {

  private final Account account;
  private final List<String> symbols;
  private final List<ReportDay> report = new ArrayList<>();
  private final List<PositionDay> positions = new ArrayList<>();
  private final List<IndicatorDay> indicators = new ArrayList<>();
  private double lastValue;
  private double lastTurnover;
  private double lastCost;

  /**
   * A ledger of an account before its first trade.
   *
   * @param symbols of the instruments by index
   */
  BacktestLedger(Account account, List<String> symbols) {
    this.account = account;
    this.symbols = symbols;
    lastValue = account.cash() + account.value();
  }

  /** Adds a day after its close. */
  void add(LocalDate date, List<Trade> trades, double bench) {
    double held = account.value();
    double value = held + account.cash();
    double cost = account.cost() - lastCost;
    double turnover = account.turnover() - lastTurnover;
    report.add(
        new ReportDay(
            date,
            value,
            (value - lastValue + cost) / lastValue,
            account.turnover(),
            turnover / lastValue,
            account.cost(),
            cost / lastValue,
            held,
            account.cash(),
            bench));
    for (int i = 0; i < symbols.size(); i++) {
      if (account.holds(i)) {
        positions.add(
            new PositionDay(
                date,
                symbols.get(i),
                account.amount(i),
                account.price(i),
                account.amount(i) * account.price(i) / value,
                account.days(i)));
      }
    }
    indicators.add(IndicatorDay.of(date, trades));
    lastValue = value;
    lastTurnover = account.turnover();
    lastCost = account.cost();
  }

  BacktestResult result() {
    return new BacktestResult(report, positions, indicators);
  }
}
