package io.windrow.quant.factor;

import io.windrow.quant.factor.expression.Expression;
import io.windrow.quant.factor.expression.ExpressionException;
import io.windrow.quant.factor.expression.Feature;
import io.windrow.quant.factor.expression.Program;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes any factor set, each expression as if it were evaluated alone over the days that Qlib
 * would load for it. What expressions have in common is computed once where that gives the same
 * values: among expressions that load the same days, and among settled ones, whose values stay the
 * same over more days.
 */
final class ExpressionPlan implements FactorPlan {

  private final Set<Feature> features = new LinkedHashSet<>();
  private final List<Group> grouped;

  /** The settled expressions apart as well; for instruments whose files do not allow to share. */
  private final List<Group> apart;

  private final Set<Feature> settledFeatures = new LinkedHashSet<>();
  private final Extent widest;
  private final Extent narrowest;

  /** How many days are loaded around the wanted ones. */
  private record Extent(int back, int ahead) {

    DayRange around(DayRange days) {
      return days.widen(back, ahead);
    }
  }

  /** Expressions that are evaluated together. */
  private record Group(Extent extent, List<Integer> factors, Program program) {

    void compute(InstrumentSeries instrument, DayRange days, float[][] columns) {
      DayRange loaded = extent.around(days);
      program.evaluate(
          feature -> instrument.field(feature, loaded),
          (expression, result) -> result.copyTo(columns[factors.get(expression)], days.first()));
    }
  }

  ExpressionPlan(FactorSet factors) {
    List<Expression> expressions = new ArrayList<>();
    for (int i = 0; i < factors.names().size(); i++) {
      expressions.add(parse(factors.names().get(i), factors.expressions().get(i)));
    }
    int back = 0;
    int ahead = 0;
    int leastBack = Integer.MAX_VALUE;
    int leastAhead = Integer.MAX_VALUE;
    for (Expression expression : expressions) {
      features.addAll(expression.features());
      if (expression.settled()) {
        settledFeatures.addAll(expression.features());
        back = Math.max(back, expression.lookBack());
        ahead = Math.max(ahead, expression.lookAhead());
        leastBack = Math.min(leastBack, expression.lookBack());
        leastAhead = Math.min(leastAhead, expression.lookAhead());
      }
    }
    widest = new Extent(back, ahead);
    narrowest = new Extent(Math.min(leastBack, back), Math.min(leastAhead, ahead));
    grouped = groups(expressions, true);
    apart = groups(expressions, false);
  }

  private static Expression parse(String name, String expression) {
    try {
      return Expression.parse(expression);
    } catch (ExpressionException e) {
      throw new ExpressionException("factor " + name + ": " + e.getMessage());
    }
  }

  private List<Group> groups(List<Expression> expressions, boolean together) {
    Map<List<Object>, List<Integer>> members = new LinkedHashMap<>();
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      Expression expression = expressions.get(i);
      boolean widened = together && expression.settled();
      Extent extent = widened ? widest : new Extent(expression.lookBack(), expression.lookAhead());
      members.computeIfAbsent(List.of(widened, extent), key -> new ArrayList<>()).add(i);
    }
    members.forEach(
        (key, factors) ->
            groups.add(
                new Group(
                    (Extent) key.get(1),
                    factors,
                    new Program(factors.stream().map(expressions::get).toList()))));
    return groups;
  }

  @Override
  public Set<Feature> features() {
    return features;
  }

  @Override
  public Filler filler(DayRange days, PanelRows rows) {
    float[][] columns = new float[rows.width()][days.days()];
    return (index, instrument) -> {
      compute(instrument, days, columns);
      rows.fill(index, columns);
    };
  }

  /**
   * Computes all factors of one instrument.
   *
   * @param days the days wanted
   * @param columns receives for each factor a value per day, NaN where there is none
   */
  void compute(InstrumentSeries instrument, DayRange days, float[][] columns) {
    Collection<Group> groups = allowsSharing(instrument, days) ? grouped : apart;
    groups.forEach(group -> group.compute(instrument, days, columns));
  }

  /**
   * Whether more days change no value of settled expressions: not if they bring an infinite value,
   * which spoils regressions, or a field that some expression would not find in its own days.
   */
  private boolean allowsSharing(InstrumentSeries instrument, DayRange days) {
    DayRange most = widest.around(days);
    DayRange least = narrowest.around(days);
    for (Feature feature : settledFeatures) {
      if (instrument.holds(feature, most) != instrument.holds(feature, least)
          || instrument.isInfiniteIn(feature, most)) {
        return false;
      }
    }
    return true;
  }
}
