package io.windrow.quant.factor.expression;

import io.windrow.quant.definition.Nearest;
import io.windrow.quant.factor.expression.Loops.Binary;
import io.windrow.quant.factor.expression.Loops.Loop;
import io.windrow.quant.factor.expression.Loops.Unary;
import io.windrow.quant.factor.expression.Pointwise.Result;
import io.windrow.quant.factor.expression.Windowed.Memory;
import io.windrow.quant.factor.expression.Windowed.Statistic;
import io.windrow.quant.factor.rolling.ExponentialMean;
import io.windrow.quant.factor.rolling.Window;
import io.windrow.quant.factor.rolling.WindowCoMoments;
import io.windrow.quant.factor.rolling.WindowCorrelation;
import io.windrow.quant.factor.rolling.WindowDeviation;
import io.windrow.quant.factor.rolling.WindowExtreme;
import io.windrow.quant.factor.rolling.WindowMoments;
import io.windrow.quant.factor.rolling.WindowOrder;
import io.windrow.quant.factor.rolling.WindowRegression;
import io.windrow.quant.factor.rolling.WindowShape;
import io.windrow.quant.factor.rolling.WindowSum;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The operators by name, as Qlib has them (qlib/data/ops.py). */
final class Operators {

  private static final Map<String, Operator> ALL = new TreeMap<>();

  private static final Pass<WindowSum> SUMS = Pass.of(WindowSum::of);
  private static final Pass<WindowMoments> MOMENTS = Pass.of(WindowMoments::of);
  private static final Pass<WindowShape> SHAPE = Pass.of(WindowShape::of);
  private static final Pass<WindowExtreme> HIGHEST = Pass.of(WindowExtreme::max);
  private static final Pass<WindowExtreme> LOWEST = Pass.of(WindowExtreme::min);
  private static final Pass<WindowRegression> LINE = Pass.of(WindowRegression::of);
  private static final Pass<WindowOrder> ORDER =
      (series, window, levels) -> WindowOrder.of(series[0], window, levels);

  private static final Statistic<double[]> EXPONENTIAL =
      new Statistic<>(
          "EMA",
          Memory.EVER,
          (series, window, levels) ->
              levels[0] == 0
                  ? ExponentialMean.growing(series[0])
                  : ExponentialMean.of(series[0], levels[0]),
          (mean, alpha) -> mean);

  private static final Statistic<WindowOrder> QUANTILE =
      new Statistic<>("Quantile", Memory.WINDOW, ORDER, WindowOrder::quantile);

  private static final Statistic<WindowOrder> MEDIAN =
      new Statistic<>("Med", Memory.WINDOW, ORDER, WindowOrder::quantile);

  static {
    unary("Abs", Result.NUMBER, Loops::absolute);
    unary("Sign", Result.SINGLE, Loops::sign);
    unary("Log", Result.NUMBER, Loops::log);
    unary("Not", Result.TRUTH, Loops::not);
    binary("Add", Result.NUMBER, Loops::add);
    binary("Sub", Result.NUMBER, Loops::subtract);
    binary("Mul", Result.NUMBER, Loops::multiply);
    binary("Div", Result.NUMBER, Loops::divide);
    binary("Power", Result.NUMBER, Loops::power);
    binary("Greater", Result.NUMBER, Loops::greater);
    binary("Less", Result.NUMBER, Loops::less);
    binary("Gt", Result.TRUTH, Loops::isGreater);
    binary("Ge", Result.TRUTH, Loops::isAtLeast);
    binary("Lt", Result.TRUTH, Loops::isLess);
    binary("Le", Result.TRUTH, Loops::isAtMost);
    binary("Eq", Result.TRUTH, Loops::equal);
    binary("Ne", Result.TRUTH, Loops::differ);
    binary("And", Result.TRUTH, Loops::and);
    binary("Or", Result.TRUTH, Loops::or);
    pointwise("If", 3, Result.CHOICE, Loops::choose);

    shifted("Ref", false);
    shifted("Delta", true);
    ALL.put("ChangeInstrument", arguments -> ofInstrument(arguments, 0, 1));
    ALL.put("Mask", arguments -> ofInstrument(arguments, 1, 0));

    smoothed("Mean", Memory.WINDOW, SUMS, WindowSum::mean);
    smoothed("Sum", Memory.WINDOW, SUMS, WindowSum::sum);
    smoothed("Count", Memory.WINDOW, Pass.of(Operators::count), count -> count);
    smoothed("Std", Memory.WINDOW, MOMENTS, WindowMoments::deviation);
    smoothed("Var", Memory.WINDOW, MOMENTS, WindowMoments::variance);
    smoothed("Max", Memory.WINDOW, HIGHEST, WindowExtreme::value);
    smoothed("Min", Memory.WINDOW, LOWEST, WindowExtreme::value);
    windowed("IdxMax", Memory.WINDOW, HIGHEST, WindowExtreme::position);
    windowed("IdxMin", Memory.WINDOW, LOWEST, WindowExtreme::position);
    windowed("Skew", 3, statistic("Skew", Memory.WINDOW, SHAPE, WindowShape::skewness));
    windowed("Kurt", 4, statistic("Kurt", Memory.WINDOW, SHAPE, WindowShape::kurtosis));
    windowed("Mad", Memory.LONG_SUMS, Pass.of(WindowDeviation::of), deviation -> deviation);
    windowed("WMA", Memory.WINDOW, LINE, WindowRegression::weightedMean);
    windowed("Slope", Memory.INFINITY, LINE, WindowRegression::slope);
    windowed("Rsquare", Memory.INFINITY, LINE, WindowRegression::rsquare);
    windowed("Resi", Memory.INFINITY, LINE, WindowRegression::residual);
    windowed("Rank", Memory.WINDOW, ORDER, WindowOrder::rank);
    ALL.put("Med", arguments -> smoothed(arguments, MEDIAN, 0.5));
    ALL.put("Quantile", Operators::quantile);
    ALL.put("EMA", Operators::exponentialMean);

    paired("Corr", Pass.ofPair(WindowCorrelation::of), correlation -> correlation);
    paired("Cov", Pass.ofPair(WindowCoMoments::of), WindowCoMoments::covariance);
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

  private static void unary(String name, Result result, Unary loop) {
    pointwise(name, 1, result, (a, b, c, r) -> loop.run(a, r));
  }

  private static void binary(String name, Result result, Binary loop) {
    pointwise(name, 2, result, (a, b, c, r) -> loop.run(a, b, r));
  }

  private static void pointwise(String name, int count, Result result, Loop loop) {
    Pointwise.Operator operator = new Pointwise.Operator(name, result, loop);
    ALL.put(name, arguments -> Pointwise.of(operator, arguments.values(count)));
  }

  private static void shifted(String name, boolean difference) {
    ALL.put(
        name,
        arguments -> {
          arguments.all(2);
          return new Shifted(arguments.daily(0), arguments.days(1), difference);
        });
  }

  private static Node ofInstrument(Arguments arguments, int symbol, int feature) {
    arguments.all(2);
    return arguments.daily(feature).on(arguments.symbol(symbol));
  }

  private static <K> Statistic<K> statistic(
      String name, Memory memory, Pass<K> pass, Function<K, double[]> reader) {
    return new Statistic<>(name, memory, pass, (made, level) -> reader.apply(made));
  }

  /** How many values are not NaN; unlike other statistics, pandas counts infinities. */
  private static double[] count(double[] series, Window window) {
    double[] present = new double[series.length];
    for (int day = 0; day < present.length; day++) {
      present[day] = Double.isNaN(series[day]) ? 0 : 1;
    }
    return WindowSum.of(present, window).sum();
  }

  private static <K> void windowed(
      String name, Memory memory, Pass<K> pass, Function<K, double[]> reader) {
    windowed(name, 1, statistic(name, memory, pass, reader));
  }

  private static void windowed(String name, int shortest, Statistic<?> statistic) {
    ALL.put(
        name,
        arguments -> {
          arguments.all(2);
          return window(arguments, statistic, arguments.window(1, shortest), 0);
        });
  }

  private static <K> void smoothed(
      String name, Memory memory, Pass<K> pass, Function<K, double[]> reader) {
    Statistic<K> statistic = statistic(name, memory, pass, reader);
    ALL.put(name, arguments -> smoothed(arguments, statistic, 0));
  }

  /** A window whose length may be a fraction, which makes an exponential mean of any statistic. */
  private static Node smoothed(Arguments arguments, Statistic<?> statistic, double level) {
    arguments.all(2);
    WindowLength length = arguments.windowOrDecay(1);
    return length.isDecay()
        ? window(arguments, EXPONENTIAL, length, length.value())
        : window(arguments, statistic, length, level);
  }

  private static <K> void paired(String name, Pass<K> pass, Function<K, double[]> reader) {
    Statistic<K> statistic = statistic(name, Memory.WINDOW, pass, reader);
    ALL.put(
        name,
        arguments -> {
          arguments.all(3);
          return new Windowed(
              statistic, List.of(arguments.daily(0), arguments.daily(1)), arguments.window(2), 0);
        });
  }

  private static Node exponentialMean(Arguments arguments) {
    arguments.all(2);
    WindowLength length = arguments.windowOrDecay(1);
    double alpha = length.isDecay() ? length.value() : 2.0 / (length.days() + 1);
    return window(arguments, EXPONENTIAL, length, length.value() == 0 ? 0 : alpha);
  }

  private static Node quantile(Arguments arguments) {
    arguments.all(3);
    double level = arguments.number(2);
    if (!(level >= 0 && level <= 1)) {
      throw arguments.error("the quantile must be between 0 and 1, not " + level);
    }
    return window(arguments, QUANTILE, arguments.window(1), level);
  }

  private static Node window(
      Arguments arguments, Statistic<?> statistic, WindowLength length, double level) {
    return new Windowed(statistic, List.of(arguments.daily(0)), length, level);
  }
}
