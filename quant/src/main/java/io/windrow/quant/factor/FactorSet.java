package io.windrow.quant.factor;

import java.util.List;

/**
 * Named factors, the columns of a panel.
 *
 * @param names column names, distinct, in order
 * @param expressions for each name its expression in Qlib's syntax, for example {@code Ref($close,
 *     -2)/Ref($close, -1) - 1}
 */
public record FactorSet(List<String> names, List<String> expressions) {

  public FactorSet {
    names = List.copyOf(names);
    expressions = List.copyOf(expressions);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a factor set needs at least one factor");
    }
    if (names.size() != expressions.size()) {
      throw new IllegalArgumentException(
          names.size() + " names do not fit " + expressions.size() + " expressions");
    }
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("the names of factors must differ: " + names);
    }
  }

  public static FactorSet of(List<String> names, List<String> expressions) {
    return new FactorSet(names, expressions);
  }

  /** Qlib's Alpha158: 9 factors of the day's bar, 4 prices, 29 families over 5 windows. */
  public static FactorSet alpha158() {
    return Alpha158.FACTORS;
  }

  /** Qlib's Alpha360: the last 60 days of 6 fields, over today's close or volume. */
  public static FactorSet alpha360() {
    return Alpha360.FACTORS;
  }

  /** Whether it is one of Qlib's own sets: its expressions are nobody's slip of the pen. */
  public boolean isBuiltIn() {
    return equals(alpha158()) || equals(alpha360());
  }
}
