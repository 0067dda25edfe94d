package io.windrow.quant.dataset;

import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.factor.expression.Expression;
import io.windrow.quant.factor.expression.ExpressionException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads what Qlib calls {@code fields_info}, the columns of a group: a list of expressions, or a
 * pair of lists [expressions, names].
 */
final class FieldsInfo {

  /** More columns than any known set of factors; each costs memory and time on every row. */
  static final int MOST = 2_000;

  /** How columns are called whose names are not given. */
  @FunctionalInterface
  interface Naming {

    String name(int column, String expression);
  }

  private FieldsInfo() {}

  /** The columns of a key that is there; empty after reporting what is wrong with them. */
  static Optional<FactorSet> read(Section section, String key, Naming naming) {
    Object value = section.raw(key);
    // Qlib takes a single label without a list around it.
    List<?> info = value instanceof String text ? List.of(text) : section.list(key);
    boolean named = !info.isEmpty() && info.get(0) instanceof List<?>;
    if (named && (info.size() != 2 || !(info.get(1) instanceof List<?>))) {
      return refuse(section, key);
    }
    List<?> expressions = named ? (List<?>) info.get(0) : info;
    if (expressions.size() > MOST) {
      section.problem(key, "has " + expressions.size() + " columns, more than " + MOST);
      return Optional.empty();
    }
    if (expressions.isEmpty() || !allTexts(expressions)) {
      return refuse(section, key);
    }
    List<String> texts = expressions.stream().map(String::valueOf).toList();
    List<?> names =
        named
            ? (List<?>) info.get(1)
            : IntStream.range(0, texts.size()).mapToObj(i -> naming.name(i, texts.get(i))).toList();
    if (names.size() != texts.size()
        || new HashSet<Object>(names).size() != names.size()
        || !allTexts(names)) {
      return refuse(section, key);
    }
    return parse(section, named ? key + ".0" : key, texts)
        ? Optional.of(FactorSet.of(names.stream().map(String::valueOf).toList(), texts))
        : Optional.empty();
  }

  private static boolean parse(Section section, String key, List<String> expressions) {
    boolean right = true;
    for (int i = 0; i < expressions.size(); i++) {
      try {
        Expression.parse(expressions.get(i));
      } catch (ExpressionException e) {
        section.problem(key + "." + i, e.getMessage());
        right = false;
      }
    }
    return right;
  }

  private static Optional<FactorSet> refuse(Section section, String key) {
    section.problem(
        key,
        "must be a list of expressions or [[expressions], [names]] with distinct names, not "
            + Section.quote(section.raw(key)));
    return Optional.empty();
  }

  private static boolean allTexts(List<?> values) {
    return values.stream().allMatch(value -> value instanceof String text && !text.isBlank());
  }
}
