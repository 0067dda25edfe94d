package io.windrow.quant.factor;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Whether Qlib's own sets have the expression: then it is nobody's slip of the pen. */
  public static boolean isBuiltIn(String expression) {
    return BuiltIn.EXPRESSIONS.contains(expression);
  }

  private static final class BuiltIn {
    static final Set<String> EXPRESSIONS =
        Stream.of(alpha158(), alpha360())
            .flatMap(factors -> factors.expressions().stream())
            .collect(Collectors.toUnmodifiableSet());
  }
}
