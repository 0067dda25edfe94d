package io.windrow.quant.dataset;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.factor.expression.Expression;
import io.windrow.quant.factor.expression.ExpressionException;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the days on which an expression is not zero. NaN is not zero, so {@code $close} alone keeps
 * every day; a comparison with NaN is zero. Days before the first and after the last value of an
 * instrument stay, as in Qlib: there it has no rows for want of data.
 *
 * @param rule an expression over the fields of an instrument
 * @param days on which it decides
 * @param keep whether an instrument without any value on those days stays
 */
record ExpressionDFilter(String rule, DateRange days, boolean keep) implements InstrumentFilter {

  static final String RULE = "rule_expression";

  static Optional<InstrumentFilter> read(Section section, DateRange days) {
    boolean keep = section.flag("keep", false);
    Optional<String> rule = section.text(RULE);
    if (rule.isEmpty()) {
      if (!section.has(RULE)) {
        section.problem(RULE, "is missing; an expression such as $close > 5");
      }
      return Optional.empty();
    }
    try {
      Expression.parse(rule.get());
    } catch (ExpressionException e) {
      section.problem(RULE, e.getMessage());
      return Optional.empty();
    }
    return Optional.of(new ExpressionDFilter(rule.get(), days, keep));
  }

  @Override
  public void cut(
      Universe universe,
      List<BitSet> days,
      int first,
      int last,
      DataStore data,
      FactorEngine engine) {
    TradingCalendar calendar = data.calendar();
    Panel values =
        engine.compute(
            data,
            universe,
            FactorSet.of(List.of(RULE), List.of(rule)),
            calendar.day(first),
            calendar.day(last));
    // Both indexed as the universe's members, which the panel has all of, in the same order.
    BitSet[] valued = bits(days.size());
    BitSet[] holds = bits(days.size());
    for (CrossSection day : values.days()) {
      int index = calendar.floor(day.date());
      for (int row = 0; row < day.rows(); row++) {
        valued[day.instruments()[row]].set(index);
        holds[day.instruments()[row]].set(index, day.values()[row] != 0);
      }
    }
    for (int i = 0; i < days.size(); i++) {
      cut(days.get(i), valued[i], holds[i], first, last);
    }
  }

  private void cut(BitSet days, BitSet valued, BitSet holds, int first, int last) {
    if (!valued.isEmpty()) {
      BitSet fails = new BitSet();
      fails.set(valued.nextSetBit(0), valued.length());
      fails.andNot(holds);
      days.andNot(fails);
    } else if (!keep) {
      days.clear(first, last + 1);
    }
  }

  private static BitSet[] bits(int size) {
    BitSet[] bits = new BitSet[size];
    java.util.Arrays.setAll(bits, i -> new BitSet());
    return bits;
  }

  @Override
  public String toString() {
    return "ExpressionDFilter " + rule;
  }
}
