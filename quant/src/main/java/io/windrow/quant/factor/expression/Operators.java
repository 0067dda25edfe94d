package io.windrow.quant.factor.expression;

import io.windrow.quant.definition.Nearest;
import io.windrow.quant.factor.expression.Pointwise.Function;
import io.windrow.quant.factor.rolling.ExponentialMean;
import io.windrow.quant.factor.rolling.SortedWindow;
import io.windrow.quant.factor.rolling.WindowCoMoments;
import io.windrow.quant.factor.rolling.WindowCorrelation;
import io.windrow.quant.factor.rolling.WindowExtreme;
import io.windrow.quant.factor.rolling.WindowMoments;
import io.windrow.quant.factor.rolling.WindowRegression;
import io.windrow.quant.factor.rolling.WindowScan;
import io.windrow.quant.factor.rolling.WindowSum;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/** The operators by name, as Qlib has them (qlib/data/ops.py). */
final class Operators {

  private static final Map<String, Operator> ALL = new TreeMap<>();

  static {
    unary("Abs", Math::abs);
    unary("Sign", Math::signum);
    unary("Log", Math::log);
    unary("Not", a -> truth(a == 0));
    binary("Add", Double::sum);
    binary("Sub", (a, b) -> a - b);
    binary("Mul", (a, b) -> a * b);
    binary("Div", (a, b) -> a / b);
    binary("Power", Math::pow);
    binary("Greater", Math::max);
    binary("Less", Math::min);
    binary("Gt", (a, b) -> truth(a > b));
    binary("Ge", (a, b) -> truth(a >= b));
    binary("Lt", (a, b) -> truth(a < b));
    binary("Le", (a, b) -> truth(a <= b));
    binary("Eq", (a, b) -> truth(a == b));
    binary("Ne", (a, b) -> truth(a != b));
    binary("And", (a, b) -> truth(a != 0 && b != 0));
    binary("Or", (a, b) -> truth(a != 0 || b != 0));
    pointwise("If", 3, (condition, a, b) -> condition != 0 ? a : b);

    shifted("Ref", false);
    shifted("Delta", true);

    smoothed("Mean", (x, n) -> daily(x, WindowSum.of(x, n)::mean));
    smoothed("Sum", (x, n) -> daily(x, WindowSum.of(x, n)::sum));
    smoothed("Count", (x, n) -> daily(x, WindowSum.of(presence(x), n)::sum));
    smoothed("Std", (x, n) -> daily(x, WindowMoments.of(x, n)::deviation));
    smoothed("Var", (x, n) -> daily(x, WindowMoments.of(x, n)::variance));
    smoothed("Max", (x, n) -> daily(x, WindowExtreme.max(x, n)::value));
    smoothed("Min", (x, n) -> daily(x, WindowExtreme.min(x, n)::value));
    smoothed("Med", (x, n) -> sorted(x, n, window -> window.quantile(0.5)));
    windowed("IdxMax", (x, n) -> daily(x, WindowExtreme.max(x, n)::position));
    windowed("IdxMin", (x, n) -> daily(x, WindowExtreme.min(x, n)::position));
    windowed("Rank", (x, n) -> sorted(x, n, SortedWindow::rank));
    windowed("Mad", WindowScan::absoluteDeviation);
    windowed("WMA", WindowScan::weightedMean);
    windowed("Slope", (x, n) -> daily(x, WindowRegression.of(x, n)::slope));
    windowed("Rsquare", (x, n) -> daily(x, WindowRegression.of(x, n)::rsquare));
    windowed("Resi", (x, n) -> daily(x, WindowRegression.of(x, n)::residual));
    ALL.put("EMA", Operators::exponentialMean);
    ALL.put("Quantile", Operators::quantile);

    paired("Corr", (x, y, n) -> daily(x, WindowCorrelation.of(x, y, n)::correlation));
    paired("Cov", (x, y, n) -> daily(x, WindowCoMoments.of(x, y, n)::covariance));
  }

  private Operators() {}

  @FunctionalInterface
  private interface Operator {
    Node apply(Arguments arguments);
  }

  /** Applies an operator; errors name its place in the expression. */
  static Node apply(String name, List<Node> arguments, Parser parser, int position) {
    Operator operator = ALL.get(name);
    if (operator == null) {
      String hint = Nearest.hint(name, ALL.keySet());
      throw parser.error(
          "unknown operator "
              + name
              + (hint.isEmpty() ? " (known are " + String.join(", ", ALL.keySet()) + ")" : hint),
          position);
    }
    return operator.apply(new Arguments(name, arguments, parser, position));
  }

  private static void unary(String name, DoubleUnaryOperator operator) {
    pointwise(name, 1, Function.unary(operator));
  }

  private static void binary(String name, DoubleBinaryOperator operator) {
    pointwise(name, 2, Function.binary(operator));
  }

  private static void pointwise(String name, int count, Function function) {
    ALL.put(name, arguments -> Pointwise.of(function, arguments.all(count)));
  }

  private static void shifted(String name, boolean difference) {
    ALL.put(
        name,
        arguments -> {
          arguments.all(2);
          int days = difference ? arguments.window(1).days() : arguments.days(1);
          return new Shifted(arguments.daily(0), days, difference);
        });
  }

  private static void windowed(String name, Windowed.Statistic statistic) {
    ALL.put(
        name,
        arguments -> {
          arguments.all(2);
          return new Windowed(arguments.daily(0), arguments.window(1), statistic);
        });
  }

  /** A window whose length may be a fraction, which makes an exponential mean of any statistic. */
  private static void smoothed(String name, Windowed.Statistic statistic) {
    ALL.put(
        name,
        arguments -> {
          arguments.all(2);
          return new Windowed(arguments.daily(0), arguments.windowOrDecay(1), statistic);
        });
  }

  private static void paired(String name, PairWindowed.Statistic statistic) {
    ALL.put(
        name,
        arguments -> {
          arguments.all(3);
          return new PairWindowed(
              arguments.daily(0), arguments.daily(1), arguments.window(2).days(), statistic);
        });
  }

  private static Node exponentialMean(Arguments arguments) {
    arguments.all(2);
    WindowLength window = arguments.windowOrDecay(1);
    if (window.value() == 0) {
      throw arguments.error("EMA needs a length of at least 1 day, or a weight between 0 and 1");
    }
    return new Windowed(arguments.daily(0), window, (x, n) -> ExponentialMean.of(x, 2.0 / (n + 1)));
  }

  private static Node quantile(Arguments arguments) {
    arguments.all(3);
    double q = arguments.number(2);
    if (!(q >= 0 && q <= 1)) {
      throw arguments.error("the quantile must be between 0 and 1, not " + q);
    }
    return new Windowed(
        arguments.daily(0),
        arguments.window(1),
        (x, n) -> sorted(x, n, window -> window.quantile(q)));
  }

  private static double truth(boolean value) {
    return value ? 1 : 0;
  }

  private static double[] presence(double[] series) {
    return Arrays.stream(series).map(value -> truth(!Double.isNaN(value))).toArray();
  }

  private static double[] daily(double[] series, IntToDoubleFunction statistic) {
    double[] result = new double[series.length];
    Arrays.setAll(result, statistic);
    return result;
  }

  private static double[] sorted(double[] series, int n, ToDoubleFunction<SortedWindow> statistic) {
    SortedWindow window = new SortedWindow(series, n);
    double[] result = new double[series.length];
    for (int day = 0; day < result.length; day++) {
      window.advance();
      result[day] = statistic.applyAsDouble(window);
    }
    return result;
  }
}
