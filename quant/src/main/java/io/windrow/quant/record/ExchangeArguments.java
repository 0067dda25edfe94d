package io.windrow.quant.record;

import io.windrow.quant.backtest.ExchangeSettings;
import io.windrow.quant.backtest.ExchangeSettings.Costs;
import io.windrow.quant.backtest.Region;
import io.windrow.quant.backtest.TradeLimit;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.expression.Expression;
import io.windrow.quant.factor.expression.ExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code exchange_kwargs}, the arguments of Qlib's Exchange. */
final class ExchangeArguments {

  private static final String CLOSE = "$close";
  private static final int MOST = 1_000_000;

  private final Section section;
  private final List<String> buyVolumes = new ArrayList<>();
  private final List<String> sellVolumes = new ArrayList<>();

  private ExchangeArguments(Section section) {
    this.section = section;
  }

  /**
   * Reads the section.
   *
   * @param region gives what the section does not
   */
  static ExchangeSettings read(Section section, Region region) {
    return new ExchangeArguments(section).read(region);
  }

  private ExchangeSettings read(Region region) {
    section.choice("freq", List.of("day"));
    DateRange days =
        new DateRange(
            section.date("start_time").orElse(null), section.date("end_time").orElse(null));
    List<String> prices = prices();
    volumes();
    section.raw("subscribe_fields"); // further fields to load: no one asks for their values
    if (section.has("extra_quote")) {
      section.problem("extra_quote", "is a table, which a file cannot hold: import it as data");
    }
    ExchangeSettings settings =
        new ExchangeSettings(
            section.raw("codes") instanceof String market ? market : "all",
            codes(),
            days,
            prices.get(0),
            prices.get(1),
            limit(region),
            buyVolumes,
            sellVolumes,
            new Costs(
                section.amount("open_cost", 0.0015),
                section.amount("close_cost", 0.0025),
                section.amount("min_cost", 5),
                section.amount("impact_cost", 0)),
            tradeUnit(region));
    section.rejectOthers();
    return settings;
  }

  private List<String> codes() {
    Object codes = section.raw("codes");
    if (codes == null || codes instanceof String) {
      return List.of();
    }
    if (codes instanceof List<?> list
        && list.stream().allMatch(code -> code instanceof String name && !name.isBlank())) {
      return list.stream().map(String::valueOf).distinct().toList();
    }
    section.problem("codes", "must be a market or a list of symbols, not " + Section.quote(codes));
    return List.of();
  }

  /** The expressions of the price to buy at and of that to sell at. */
  private List<String> prices() {
    Object price = section.raw("deal_price");
    if (price == null) {
      return List.of(CLOSE, CLOSE);
    }
    if (price instanceof String one) {
      String expression = price(one);
      return List.of(expression, expression);
    }
    if (!(price instanceof List<?> pair
        && pair.size() == 2
        && pair.stream().allMatch(String.class::isInstance))) {
      section.problem(
          "deal_price",
          "must be an expression or a pair [to buy, to sell], not " + Section.quote(price));
      return List.of(CLOSE, CLOSE);
    }
    return pair.stream().map(String::valueOf).map(this::price).toList();
  }

  private String price(String text) {
    return expression("deal_price", text.matches("\\w+") ? "$" + text : text);
  }

  private TradeLimit limit(Region region) {
    Object limit = section.raw("limit_threshold");
    if (limit == null) {
      return region.limit();
    }
    if (limit instanceof List<?> pair
        && pair.size() == 2
        && pair.get(0) instanceof String buying
        && pair.get(1) instanceof String selling) {
      return new TradeLimit.Expressions(
          expression("limit_threshold", buying), expression("limit_threshold", selling));
    }
    if (!(limit instanceof Number)) {
      section.problem(
          "limit_threshold",
          "must be a number or a pair of expressions, not " + Section.quote(limit));
      return region.limit();
    }
    double threshold = section.number("limit_threshold", 1);
    if (threshold <= 0) {
      section.problem("limit_threshold", "must be more than 0, not " + threshold);
      return region.limit();
    }
    return new TradeLimit.Change(threshold);
  }

  /** Qlib's word for "any amount" is a null; left out, it is what the region has. */
  private int tradeUnit(Region region) {
    if (section.keys().contains("trade_unit") && !section.has("trade_unit")) {
      return 0;
    }
    return section.integer("trade_unit", region.tradeUnit(), 1, MOST);
  }

  /** A pair [kind, expression] for both ways, or {@code {all: pair, buy: pair, sell: pair}}. */
  private void volumes() {
    Object threshold = section.raw("volume_threshold");
    if (threshold instanceof Map) {
      Section sides = section.optionalSection("volume_threshold");
      for (String side : List.of("all", "buy", "sell")) {
        if (sides.has(side)) {
          volume(sides, side, side);
        }
      }
      sides.rejectOthers();
    } else if (threshold != null) {
      volume(section, "volume_threshold", "all");
    }
  }

  /** With one order a day what is left of the day's volume is all of it, so both kinds are one. */
  private void volume(Section owner, String key, String side) {
    if (!(owner.raw(key) instanceof List<?> pair
        && pair.size() == 2
        && List.of("cum", "current").contains(pair.get(0))
        && pair.get(1) instanceof String text)) {
      owner.problem(
          key, "must be a pair [cum or current, expression], not " + Section.quote(owner.raw(key)));
      return;
    }
    String expression = expression(owner, key, text);
    if (!side.equals("sell")) {
      buyVolumes.add(expression);
    }
    if (!side.equals("buy")) {
      sellVolumes.add(expression);
    }
  }

  private String expression(String key, String text) {
    return expression(section, key, text);
  }

  /** The text if it is an expression, else one that does no harm. */
  private static String expression(Section owner, String key, String text) {
    try {
      Expression.parse(text);
      return text;
    } catch (ExpressionException e) {
      owner.problem(key, e.getMessage());
      return CLOSE;
    }
  }
}
