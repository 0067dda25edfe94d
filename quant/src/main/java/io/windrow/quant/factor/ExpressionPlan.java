package io.windrow.quant.factor;

import io.windrow.quant.factor.expression.Column;
import io.windrow.quant.factor.expression.Expression;
import io.windrow.quant.factor.expression.ExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Computes any factor set, expression by expression, each over the days that Qlib would load. */
final class ExpressionPlan implements ColumnPlan {

  private final List<Expression> expressions = new ArrayList<>();
  private final Set<String> fields = new TreeSet<>();

  ExpressionPlan(FactorSet factors) {
    for (int i = 0; i < factors.names().size(); i++) {
      expressions.add(parse(factors.names().get(i), factors.expressions().get(i)));
      fields.addAll(expressions.get(i).fields());
    }
  }

  private static Expression parse(String name, String expression) {
    try {
      return Expression.parse(expression);
    } catch (ExpressionException e) {
      throw new ExpressionException("factor " + name + ": " + e.getMessage());
    }
  }

  @Override
  public Set<String> fields() {
    return fields;
  }

  @Override
  public void compute(InstrumentSeries instrument, DayRange days, float[][] columns) {
    for (int i = 0; i < columns.length; i++) {
      Expression expression = expressions.get(i);
      DayRange loaded = days.widen(expression.lookBack(), expression.lookAhead());
      Column result = expression.evaluate(name -> instrument.field(name, loaded));
      for (int day = 0; day < days.days(); day++) {
        columns[i][day] = (float) result.at(days.first() + day);
      }
    }
  }
}
