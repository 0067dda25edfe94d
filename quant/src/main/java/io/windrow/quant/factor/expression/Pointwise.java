package io.windrow.quant.factor.expression;

import io.windrow.quant.factor.expression.Loops.Loop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * A function of each day's values alone. Days that only some arguments have are NaN in the rest.
 * What recurses here uses little stack: a long sum is a deep tree.
 *
 * @param inputPrecision the strongest of the arguments that have a value each day
 */
record Pointwise(Operator operator, List<Node> arguments, Precision inputPrecision)
    implements Node.Daily {

  /** What the values of a function are. */
  enum Result {
    /** Numbers as the arguments are. */
    NUMBER,
    /** 1 and 0. */
    TRUTH,
    /** Numbers of single precision. */
    SINGLE,
    /** The second or the third argument. */
    CHOICE
  }

  /** A function of up to three numbers. */
  record Operator(String name, Result result, Loop loop) {}

  /** The arguments that are numbers; null stands for the others. */
  private record Operation(Operator operator, List<Object> numbers) {}

  private static final double[] NONE = {};

  /** Applies a function, at once if all arguments are numbers. */
  static Node of(Operator operator, List<Node> arguments) {
    if (arguments.stream().allMatch(Literal.class::isInstance)) {
      double[][] numbers = new double[3][];
      Arrays.setAll(
          numbers, i -> i < arguments.size() ? new double[] {literal(arguments.get(i))} : NONE);
      double[] result = new double[1];
      operator.loop().run(numbers[0], numbers[1], numbers[2], result);
      return new Literal(result[0]);
    }
    Precision strongest = Precision.TRUTH;
    int first = operator.result() == Result.CHOICE ? 1 : 0;
    for (Node argument : arguments.subList(first, arguments.size())) {
      if (argument instanceof Daily daily) {
        strongest = strongest.stronger(daily.precision());
      }
    }
    return new Pointwise(operator, List.copyOf(arguments), strongest);
  }

  private static double literal(Node node) {
    return node instanceof Literal literal ? literal.value() : Double.NaN;
  }

  /**
   * Computes all days.
   *
   * @param columns of {@link #inputs}
   */
  Column compute(List<Column> columns) {
    Days days = Days.of(columns);
    if (days.isEmpty()) {
      return Column.EMPTY;
    }
    double[][] values = {NONE, NONE, NONE};
    int input = 0;
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Daily) {
        values[i] = columns.get(input++).over(days);
      } else {
        double number = literal(arguments.get(i));
        values[i] = new double[days.count()];
        Arrays.fill(values[i], inputPrecision == Precision.SINGLE ? (float) number : number);
      }
    }
    double[] result = new double[days.count()];
    operator.loop().run(values[0], values[1], values[2], result);
    if (precision() == Precision.SINGLE && operator.result() != Result.SINGLE) {
      Loops.round(result);
    }
    return new Column(days.first(), result);
  }

  @Override
  public List<Daily> inputs() {
    List<Daily> inputs = new ArrayList<>(arguments.size());
    for (Node argument : arguments) {
      if (argument instanceof Daily daily) {
        inputs.add(daily);
      }
    }
    return inputs;
  }

  @Override
  public Object operation() {
    List<Object> numbers = new ArrayList<>(arguments.size());
    for (Node argument : arguments) {
      numbers.add(argument instanceof Daily ? "" : argument);
    }
    return new Operation(operator, numbers);
  }

  @Override
  public Precision precision() {
    return switch (operator.result()) {
      case TRUTH -> Precision.TRUTH;
      case SINGLE -> Precision.SINGLE;
      case NUMBER -> inputPrecision.arithmetic();
      case CHOICE ->
          arguments.stream().skip(1).allMatch(Daily.class::isInstance)
              ? inputPrecision
              : inputPrecision.arithmetic();
    };
  }

  @Override
  public Extent extent() {
    Extent extent = Extent.TODAY;
    for (Daily input : inputs()) {
      extent = extent.union(input.extent());
    }
    return extent;
  }

  @Override
  public Reach reach() {
    List<Daily> inputs = inputs();
    Reach reach = inputs.get(0).reach();
    for (Daily input : inputs.subList(1, inputs.size())) {
      reach = reach.union(input.reach());
    }
    return reach;
  }

  @Override
  public boolean settled() {
    for (Daily input : inputs()) {
      if (!input.settled()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Daily on(String instrument) {
    List<Node> moved = new ArrayList<>(arguments.size());
    for (Node argument : arguments) {
      moved.add(argument instanceof Daily daily ? daily.on(instrument) : argument);
    }
    return new Pointwise(operator, moved, inputPrecision);
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(",", operator.name() + "(", ")");
    for (Node argument : arguments) {
      text.add(argument.toString());
    }
    return text.toString();
  }
}
