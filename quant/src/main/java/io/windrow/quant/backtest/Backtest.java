package io.windrow.quant.backtest;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Trades predictions day by day, as Qlib's SimulatorExecutor does with daily bars. Orders of a day
 * follow from the scores of the trading day before it and are filled at the day's own prices; the
 * account is valued at the close. Deterministic: what is drawn by lot depends on the day alone.
 */
public final class Backtest {

  private static final int DAYS_OF_OPENING_PRICE = 30;

  private final BacktestSettings settings;
  private final TradingCalendar calendar;
  private final Account account;
  private final DayQuotes quotes;
  private final Exchange exchange;
  private final Signal signal;
  private final TopkDropoutStrategy strategy;
  private final Benchmark benchmark;
  private final BacktestLedger ledger;

  private Backtest(
      DataStore data, ScoreSeries predictions, BacktestSettings settings, int first, int last) {
    this.settings = settings;
    calendar = data.calendar();
    Panel bars = bars(data, settings.exchange(), calendar.day(first), calendar.day(last));
    List<String> symbols = symbols(bars, predictions, settings);
    Map<String, Integer> indices = new HashMap<>();
    symbols.forEach(symbol -> indices.put(symbol, indices.size()));
    account = new Account(settings.cash(), symbols.size());
    settings
        .opening()
        .forEach(
            (symbol, opening) ->
                account.open(
                    indices.getOrDefault(symbol, 0),
                    opening.amount(),
                    openingPrice(data, symbol, opening, first)));
    quotes = new DayQuotes(settings.exchange(), bars, indices);
    exchange =
        new Exchange(
            settings.exchange().costs(),
            quotes,
            quotes.haveFactors() ? settings.exchange().tradeUnit() : 0);
    signal = new Signal(predictions, calendar, indices);
    strategy = new TopkDropoutStrategy(settings.strategy());
    benchmark = Benchmark.read(data, settings.benchmark());
    ledger = new BacktestLedger(account, symbols);
  }

  /**
   * Sees to it early that the data has the benchmark.
   *
   * @throws DataException if it lacks a symbol of it
   */
  public static void checkBenchmark(DataStore data, BacktestSettings settings) {
    Benchmark.read(data, settings.benchmark());
  }

  /**
   * Sees to it early that the data has the list of what can be traded.
   *
   * @throws DataException if it lacks it
   */
  public static void checkMarket(DataStore data, BacktestSettings settings) {
    universe(data, settings.exchange());
  }

  /**
   * Runs a back-test.
   *
   * @param predictions what to trade on
   * @return empty tables if no trading day lies in the days of the settings
   * @throws DataException if the data lacks what is asked for, or is broken
   */
  public static BacktestResult run(
      DataStore data, ScoreSeries predictions, BacktestSettings settings) {
    TradingCalendar calendar = data.calendar();
    DateRange days = settings.days();
    if (predictions.isEmpty() && (days.first() == null || days.last() == null)) {
      return new BacktestResult(List.of(), List.of(), List.of());
    }
    int first = calendar.ceiling(days.first() != null ? days.first() : predictions.date(0));
    int last =
        days.last() != null
            ? calendar.floor(days.last())
            : calendar.floor(predictions.date(predictions.size() - 1)) - 1;
    if (first > last) {
      return new BacktestResult(List.of(), List.of(), List.of());
    }
    Backtest backtest = new Backtest(data, predictions, settings, first, last);
    for (int day = first; day <= last; day++) {
      backtest.trade(day);
    }
    return backtest.ledger.result();
  }

  private void trade(int day) {
    LocalDate date = calendar.day(day);
    quotes.show(date);
    List<Order> orders =
        signal.show(day - 1)
            ? strategy.orders(signal, account, exchange, date.toEpochDay())
            : List.of();
    List<Trade> trades = new ArrayList<>();
    for (Order order : settings.buyFirst() ? purchasesFirst(orders) : orders) {
      Trade trade = exchange.fill(order, account.amount(order.instrument()), account.cash());
      account.apply(trade);
      trades.add(trade);
    }
    account.close(quotes);
    ledger.add(date, trades, benchmark.change(day));
  }

  private static List<Order> purchasesFirst(List<Order> orders) {
    List<Order> sorted = new ArrayList<>(orders);
    sorted.sort((left, right) -> left.side().compareTo(right.side()));
    return sorted;
  }

  private static Panel bars(
      DataStore data, ExchangeSettings exchange, LocalDate first, LocalDate last) {
    Universe universe = universe(data, exchange);
    boolean hasChange =
        exchange.limit() instanceof TradeLimit.Change
            && universe.symbols().stream()
                .anyMatch(symbol -> !data.read(symbol, "change").isEmpty());
    DateRange days = exchange.days();
    return new FactorEngine(1)
        .compute(
            data,
            universe,
            QuoteColumns.of(exchange, hasChange).factors(),
            days.first() == null ? first : days.first(),
            days.last() == null ? last : days.last());
  }

  private static Universe universe(DataStore data, ExchangeSettings exchange) {
    return exchange.symbols().isEmpty()
        ? data.universe(exchange.market())
        : data.universe(exchange.symbols());
  }

  /** All instruments there are to it, in alphabetical order. */
  private static List<String> symbols(
      Panel bars, ScoreSeries predictions, BacktestSettings settings) {
    TreeSet<String> symbols = new TreeSet<>(bars.symbols());
    for (int row = 0; row < predictions.size(); row++) {
      symbols.add(predictions.instrument(row));
    }
    symbols.addAll(settings.opening().keySet());
    return List.copyOf(symbols);
  }

  private static double openingPrice(
      DataStore data, String symbol, BacktestSettings.Opening opening, int first) {
    if (!Double.isNaN(opening.price())) {
      return opening.price();
    }
    Series closes = data.read(symbol, "close");
    LocalDate earliest = data.calendar().day(first).minusDays(DAYS_OF_OPENING_PRICE);
    for (int day = Math.min(first, closes.end() - 1);
        day >= closes.start() && !data.calendar().day(day).isBefore(earliest);
        day--) {
      float close = closes.values()[day - closes.start()];
      if (!Float.isNaN(close)) {
        return close;
      }
    }
    throw new DataException(
        "the account holds "
            + symbol
            + ", which has no close in the "
            + DAYS_OF_OPENING_PRICE
            + " days up to "
            + data.calendar().day(first)
            + ": give its price, or leave it out");
  }
}
