package io.windrow.quant.factor.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of each day's values alone. Days that only some arguments have are NaN in the rest.
 */
record Pointwise(Function function, List<Node> arguments) implements Node.Daily {

  /** A function of up to three numbers; those that an operator does not have are NaN. */
  @FunctionalInterface
  interface Function {

    double apply(double a, double b, double c);

    static Function unary(DoubleUnaryOperator operator) {
      return (a, b, c) -> operator.applyAsDouble(a);
    }

    static Function binary(DoubleBinaryOperator operator) {
      return (a, b, c) -> operator.applyAsDouble(a, b);
    }
  }

  /** Applies a function, at once if all arguments are numbers. */
  static Node of(Function function, List<Node> arguments) {
    double[] numbers = {Double.NaN, Double.NaN, Double.NaN};
    for (int i = 0; i < arguments.size(); i++) {
      if (!(arguments.get(i) instanceof Literal literal)) {
        return new Pointwise(function, List.copyOf(arguments));
      }
      numbers[i] = literal.value();
    }
    return new Literal(function.apply(numbers[0], numbers[1], numbers[2]));
  }

  @Override
  public Column evaluate(Fields fields) {
    List<Column> columns = new ArrayList<>(arguments.size());
    int start = Integer.MAX_VALUE;
    int end = 0;
    for (Node argument : arguments) {
      Column column = argument instanceof Daily daily ? daily.evaluate(fields) : Column.EMPTY;
      columns.add(column);
      if (!column.isEmpty()) {
        start = Math.min(start, column.start());
        end = Math.max(end, column.end());
      }
    }
    if (end == 0) {
      return Column.EMPTY;
    }
    boolean single = single();
    double[][] values = new double[3][];
    for (int i = 0; i < values.length; i++) {
      if (i < arguments.size() && arguments.get(i) instanceof Daily) {
        values[i] = columns.get(i).between(start, end);
      } else {
        values[i] = new double[end - start];
        Arrays.fill(values[i], single ? (float) number(i) : number(i));
      }
    }
    double[] result = new double[end - start];
    for (int i = 0; i < result.length; i++) {
      double value = function.apply(values[0][i], values[1][i], values[2][i]);
      result[i] = single ? (float) value : value;
    }
    return new Column(start, result);
  }

  private double number(int argument) {
    return argument < arguments.size() && arguments.get(argument) instanceof Literal literal
        ? literal.value()
        : Double.NaN;
  }

  @Override
  public boolean single() {
    for (Node argument : arguments) {
      if (argument instanceof Daily daily && !daily.single()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Extent extent() {
    Extent extent = Extent.TODAY;
    for (Node argument : arguments) {
      if (argument instanceof Daily daily) {
        extent = extent.union(daily.extent());
      }
    }
    return extent;
  }

  @Override
  public void collectFields(Set<String> names) {
    for (Node argument : arguments) {
      if (argument instanceof Daily daily) {
        daily.collectFields(names);
      }
    }
  }
}
