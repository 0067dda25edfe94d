package io.windrow.quant.factor.expression;

import io.windrow.quant.factor.rolling.Window;
import io.windrow.quant.factor.rolling.WindowDeviation;
import java.util.List;

/**
 * A statistic of one series, or of a pair of them, over a window that ends today.
 *
 * @param level of a quantile; 0 for other statistics
 */
record Windowed(Statistic<?> statistic, List<Daily> inputs, WindowLength length, double level)
    implements Node.Daily {

  /**
   * A statistic.
   *
   * @param pass what computes it, maybe together with others
   * @param <K> what the pass gives
   */
  record Statistic<K>(String name, Memory memory, Pass<K> pass, Reader<K> reader) {

    /**
     * All days of it.
     *
     * @param made by {@link #pass}
     */
    @SuppressWarnings("unchecked") // what the pass made
    double[] read(Object made, double level) {
      return reader.read((K) made, level);
    }
  }

  /** What a statistic knows of days before its window. */
  enum Memory {
    /** Nothing. */
    WINDOW,
    /** Whether there was an infinite value. */
    INFINITY,
    /** Sums of rounded numbers, if the window is long. */
    LONG_SUMS,
    /** All of them. */
    EVER
  }

  /** Takes one statistic out of what a pass gives. */
  @FunctionalInterface
  interface Reader<K> {
    double[] read(K made, double level);
  }

  private record Operation(Statistic<?> statistic, WindowLength length, double level) {}

  @Override
  public Object operation() {
    return new Operation(statistic, length, level);
  }

  @Override
  public Precision precision() {
    return Precision.DOUBLE;
  }

  @Override
  public Extent extent() {
    Extent extent = inputs.stream().map(Daily::extent).reduce(Extent.TODAY, Extent::union);
    return extent.window(length.loaded());
  }

  @Override
  public Reach reach() {
    Reach reach = inputs.stream().map(Daily::reach).reduce(Reach::union).orElse(Reach.TODAY);
    return length.days() == 0 || statistic.memory() == Memory.EVER
        ? reach.ever()
        : reach.window(length.days());
  }

  @Override
  public boolean settled() {
    boolean forgets =
        switch (statistic.memory()) {
          case WINDOW -> true;
          case INFINITY -> inputs.get(0) instanceof Field;
          case LONG_SUMS -> WindowDeviation.isScanned(new Window(length.days(), 0));
          case EVER -> false;
        };
    return forgets && length.days() > 0 && inputs.stream().allMatch(Daily::settled);
  }

  @Override
  public Daily on(String instrument) {
    List<Daily> moved = inputs.stream().map(input -> input.on(instrument)).toList();
    return new Windowed(statistic, moved, length, level);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(statistic.name()).append('(');
    inputs.forEach(input -> text.append(input).append(','));
    text.append(new Literal(length.value()));
    if (statistic.name().equals("Quantile")) {
      text.append(',').append(new Literal(level));
    }
    return text.append(')').toString();
  }
}
