package io.windrow.quant.dataset;

import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Problem.Severity;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.factor.expression.Expression;
import io.windrow.quant.factor.expression.ExpressionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Expressions of a definition, to be checked.
 *
 * @param path where the definition has them
 * @param role what is done with them
 * @param byName each with the name of its column
 */
record WrittenExpressions(String path, Role role, Map<String, Expression> byName) {

  /** What an expression is for, which decides what may be wrong with it. */
  enum Role {
    /** A factor of Qlib's own sets. Data without one of its fields is none of the user's faults. */
    BUILT_IN,
    /** A factor that the user wrote. */
    FEATURE,
    /** What is predicted: the future, of course. */
    LABEL,
    /** What decides which instruments there are. */
    FILTER
  }

  private static final int SHOWN = 5;

  private static final String HANDLER = "dataset.kwargs.handler.";

  /** All expressions of a handler. Those that cannot be understood are missing. */
  static List<WrittenExpressions> of(HandlerConfig handler) {
    List<WrittenExpressions> all = new ArrayList<>();
    Map<Boolean, Map<String, Expression>> features =
        parse(handler.features()).entrySet().stream()
            .collect(
                Collectors.partitioningBy(
                    factor -> FactorSet.isBuiltIn(factor.getValue().toString()),
                    Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new)));
    all.add(new WrittenExpressions(HANDLER + "class", Role.BUILT_IN, features.get(true)));
    all.add(
        new WrittenExpressions(HANDLER + "kwargs.data_loader", Role.FEATURE, features.get(false)));
    all.add(new WrittenExpressions(HANDLER + "kwargs.label", Role.LABEL, parse(handler.labels())));
    Instruments instruments = handler.instruments();
    for (int i = 0; i < instruments.filters().size(); i++) {
      if (instruments.filters().get(i) instanceof ExpressionDFilter filter) {
        String key = ExpressionDFilter.RULE;
        all.add(
            new WrittenExpressions(
                instruments.path() + "." + i + "." + key,
                Role.FILTER,
                parse(FactorSet.of(List.of(key), List.of(filter.rule())))));
      }
    }
    return all;
  }

  private static Map<String, Expression> parse(FactorSet factors) {
    Map<String, Expression> parsed = new LinkedHashMap<>();
    for (int i = 0; i < factors.names().size(); i++) {
      try {
        parsed.put(factors.names().get(i), Expression.parse(factors.expressions().get(i)));
      } catch (ExpressionException e) {
        // The reader of the definition says what is wrong with it.
      }
    }
    return parsed;
  }

  Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    byName.values().forEach(expression -> fields.addAll(expression.fields()));
    return fields;
  }

  Expression expression(String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }

  /** Names of those that read one of the fields. */
  List<String> readers(Set<String> fields) {
    return byName.entrySet().stream()
        .filter(each -> !Collections.disjoint(each.getValue().fields(), fields))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Says what reads days after its own, if it is not there to predict them. */
  Optional<Problem> lookingAhead() {
    if (role == Role.LABEL || role == Role.BUILT_IN) {
      return Optional.empty();
    }
    List<String> ahead = new ArrayList<>();
    byName.forEach(
        (name, expression) -> {
          int days = expression.lookAhead();
          if (days > 0) {
            ahead.add(
                "%s reads %d %s ahead: %s"
                    .formatted(called(name), days, days == 1 ? "day" : "days", expression));
          }
        });
    return ahead.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                path,
                String.join("; ", ahead.subList(0, Math.min(SHOWN, ahead.size())))
                    + (ahead.size() > SHOWN ? "; and %d more".formatted(ahead.size() - SHOWN) : "")
                    + "; on the day of a prediction nobody knows that",
                Severity.DOUBT));
  }

  /** How errors call one of them. */
  String called(String name) {
    return role == Role.FILTER ? "the filter" : "factor " + name;
  }
}
