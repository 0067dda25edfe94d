package io.windrow.quant.factor.expression;

import io.windrow.quant.factor.expression.Node.Daily;
import io.windrow.quant.factor.rolling.Window;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Several expressions over the same days as one list of steps, in which equal parts are one step,
 * and statistics that come from the same slide of a window share it. Immutable.
 */
public final class Program {

  /** Takes the results, each as soon as it is there. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Takes one.
     *
     * @param expression its place among the expressions
     */
    void accept(int expression, Column result);
  }

  /** Computes one part of an expression. */
  private static final class Step {

    final Daily node;
    final List<Integer> inputs;
    final List<Integer> results = new ArrayList<>();

    /** The slide that it takes a statistic from, if it does. */
    final @Nullable Slide slide;

    /** The last step that needs it. */
    int lastUse;

    Step(Daily node, List<Integer> inputs, @Nullable Slide slide, int index) {
      this.node = node;
      this.inputs = inputs;
      this.slide = slide;
      lastUse = index;
    }
  }

  /** A slide of a window and the steps that take their statistics from it. */
  private static final class Slide {

    final int index;
    final TreeSet<Double> levels = new TreeSet<>();
    int lastUse;

    Slide(int index) {
      this.index = index;
    }
  }

  private record StepKey(Object operation, List<Integer> inputs) {}

  private record SlideKey(Pass<?> pass, List<Integer> inputs, WindowLength length) {}

  private final List<Step> steps = new ArrayList<>();
  private final int slides;

  /** Compiles expressions. */
  public Program(List<Expression> expressions) {
    Map<StepKey, Integer> known = new HashMap<>();
    Map<SlideKey, Slide> passes = new HashMap<>();
    for (int i = 0; i < expressions.size(); i++) {
      int step = add(expressions.get(i).root(), known, passes);
      steps.get(step).results.add(i);
    }
    slides = passes.size();
  }

  /** Adds what is not yet there, the inputs first. No recursion: a long sum is a deep tree. */
  private int add(Daily root, Map<StepKey, Integer> known, Map<SlideKey, Slide> passes) {
    IdentityHashMap<Daily, Integer> places = new IdentityHashMap<>();
    Deque<Daily> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Daily node = open.peek();
      List<Daily> missing =
          node.inputs().stream().filter(input -> !places.containsKey(input)).toList();
      if (missing.isEmpty()) {
        open.pop();
        List<Integer> inputs = node.inputs().stream().map(places::get).toList();
        StepKey key = new StepKey(node.operation(), inputs);
        places.put(node, known.computeIfAbsent(key, absent -> add(node, inputs, passes)));
      } else {
        missing.forEach(open::push);
      }
    }
    return Objects.requireNonNull(places.get(root));
  }

  private int add(Daily node, List<Integer> inputs, Map<SlideKey, Slide> passes) {
    int index = steps.size();
    Slide slide = null;
    if (node instanceof Windowed windowed) {
      slide =
          passes.computeIfAbsent(
              new SlideKey(windowed.statistic().pass(), inputs, windowed.length()),
              absent -> new Slide(passes.size()));
      slide.levels.add(windowed.level());
      slide.lastUse = index;
    }
    inputs.forEach(input -> steps.get(input).lastUse = index);
    steps.add(new Step(node, inputs, slide, index));
    return index;
  }

  /**
   * Computes the values of all days that the fields have.
   *
   * @param fields their values on the days that the expressions need
   */
  public void evaluate(Fields fields, Sink sink) {
    @Nullable Column[] columns = new Column[steps.size()];
    @Nullable Object[] made = new Object[slides];
    for (int i = 0; i < columns.length; i++) {
      Step step = steps.get(i);
      Column column = compute(step, columns, made, fields);
      step.results.forEach(result -> sink.accept(result, column));
      columns[i] = column;
      letGo(i, step, columns, made);
    }
  }

  /** Forgets what nothing needs after a step, so that little memory stays in use. */
  private void letGo(int i, Step step, @Nullable Column[] columns, @Nullable Object[] made) {
    if (step.lastUse == i) {
      columns[i] = null;
    }
    for (int input : step.inputs) {
      if (steps.get(input).lastUse == i) {
        columns[input] = null;
      }
    }
    if (step.slide != null && step.slide.lastUse == i) {
      made[step.slide.index] = null;
    }
  }

  private Column compute(
      Step step, @Nullable Column[] columns, @Nullable Object[] made, Fields fields) {
    List<Column> inputs = new ArrayList<>(step.inputs.size());
    for (int input : step.inputs) {
      inputs.add(columns[input]);
    }
    if (step.node instanceof Node.Field field) {
      return fields.field(field.feature());
    }
    if (step.node instanceof Shifted shifted) {
      return shifted.compute(inputs.get(0));
    }
    if (step.node instanceof Pointwise pointwise) {
      return pointwise.compute(inputs);
    }
    return slide((Windowed) step.node, step, inputs, made);
  }

  private Column slide(Windowed windowed, Step step, List<Column> inputs, @Nullable Object[] made) {
    Days days = Days.of(inputs);
    Slide slide = step.slide;
    if (days.isEmpty() || slide == null) {
      return Column.EMPTY;
    }
    Object statistics = made[slide.index];
    if (statistics == null) {
      double[][] series = inputs.stream().map(input -> input.over(days)).toArray(double[][]::new);
      Window window = new Window(windowed.length().days(), days.first());
      double[] levels = slide.levels.stream().mapToDouble(Double::doubleValue).toArray();
      statistics = windowed.statistic().pass().slide(series, window, levels);
      made[slide.index] = statistics;
    }
    return new Column(days.first(), windowed.statistic().read(statistics, windowed.level()));
  }
}
