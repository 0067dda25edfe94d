package io.windrow.quant.backtest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Holds the best instruments and replaces the worst of them, by the rules of Qlib's
 * TopkDropoutStrategy: of what is held and the best of the rest, the worst {@code drop} go if they
 * are held, and as many of the best come in their place.
 */
final class TopkDropoutStrategy {

  private final StrategySettings settings;

  TopkDropoutStrategy(StrategySettings settings) {
    this.settings = settings;
  }

  /**
   * The orders of a day, sales first.
   *
   * @param seed of what is drawn by lot
   */
  List<Order> orders(Signal signal, Account account, Exchange exchange, long seed) {
    // Seeds of days in a row begin alike unless they are mixed first.
    Random lots = new Random(new SplittableRandom(seed).nextLong());
    IntPredicate choosable = i -> !settings.onlyTradable() || exchange.tradable(i, null);
    List<Integer> held =
        IntStream.range(0, account.instruments())
            .filter(account::holds)
            .boxed()
            .sorted(signal.bestFirst())
            .toList();
    List<Integer> candidates = candidates(signal, account, held.size(), choosable, lots);
    Set<Integer> leaving = new TreeSet<>(leaving(signal, held, candidates, choosable, lots));
    int places = Math.max(0, leaving.size() + settings.topk() - held.size());
    List<Integer> coming = candidates.subList(0, Math.min(places, candidates.size()));

    List<Order> orders = new ArrayList<>();
    double cash = account.cash();
    // By index, so that sums of money do not depend on an order that nobody chose.
    for (int i : leaving) {
      if (mayTrade(exchange, i, Side.SELL) && account.days(i) >= settings.holdThreshold()) {
        Order order = new Order(i, Side.SELL, account.amount(i));
        orders.add(order);
        Trade trade = exchange.fill(order, account.amount(i), cash);
        cash += trade.value() - trade.cost();
      }
    }
    for (int i : coming) {
      if (mayTrade(exchange, i, Side.BUY)) {
        double money = cash * settings.riskDegree() / coming.size();
        double amount = exchange.round(i, money / exchange.price(i, Side.BUY));
        orders.add(new Order(i, Side.BUY, amount));
      }
    }
    return orders;
  }

  private boolean mayTrade(Exchange exchange, int instrument, Side side) {
    return exchange.tradable(instrument, settings.forbidAllAtLimit() ? null : side);
  }

  private List<Integer> candidates(
      Signal signal, Account account, int held, IntPredicate choosable, Random lots) {
    int most = Math.max(0, settings.drop() + settings.topk() - held);
    Stream<Integer> ranked = signal.ranked().stream().filter(choosable::test);
    if (settings.buyAtRandom()) {
      return drawn(
          ranked.limit(settings.topk()).filter(i -> !account.holds(i)).toList(), most, lots);
    }
    return ranked.filter(i -> !account.holds(i)).limit(most).toList();
  }

  private List<Integer> leaving(
      Signal signal,
      List<Integer> held,
      List<Integer> candidates,
      IntPredicate choosable,
      Random lots) {
    if (settings.sellAtRandom()) {
      return drawn(held.stream().filter(choosable::test).toList(), settings.drop(), lots);
    }
    List<Integer> worst =
        Stream.concat(held.stream(), candidates.stream())
            .filter(choosable::test)
            .sorted(signal.bestFirst().reversed())
            .limit(settings.drop())
            .toList();
    return held.stream().filter(worst::contains).toList();
  }

  /** So many of the given by lot, or all of them if they are fewer. */
  private static List<Integer> drawn(List<Integer> from, int count, Random lots) {
    List<Integer> shuffled = new ArrayList<>(from);
    if (count < from.size()) {
      Collections.shuffle(shuffled, lots);
      return shuffled.subList(0, count);
    }
    return shuffled;
  }
}
