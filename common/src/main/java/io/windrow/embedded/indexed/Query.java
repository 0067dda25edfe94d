package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.bson.Document;
import io.windrow.embedded.indexed.Condition.Answer;
import io.windrow.embedded.indexed.Condition.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A filter as far as it is understood here. What is not, the server judges by itself; so nothing
 * that is left out makes a difference to what is found.
 *
 * @param conditions all must hold
 * @param whole whether these are all conditions of the filter
 */
record Query(List<Condition> conditions, boolean whole) {
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "$eq", Operator.EQUAL,
          "$ne", Operator.NOT_EQUAL,
          "$in", Operator.IN,
          "$lt", Operator.LESS,
          "$lte", Operator.AT_MOST,
          "$gt", Operator.GREATER,
          "$gte", Operator.AT_LEAST,
          "$exists", Operator.EXISTS);

  static Query of(Document filter) {
    Reader reader = new Reader();
    reader.read(filter);
    return new Query(reader.conditions, reader.whole);
  }

  /** Whether a document matches, or MAYBE if only the server can say. */
  Answer judge(Document document) {
    return judge(condition -> conditions.get(condition).path().in(document));
  }

  /**
   * The same of a document by its position.
   *
   * @param columns of the conditions' fields
   */
  Answer judge(List<Columns.Column> columns, int position) {
    return judge(condition -> columns.get(condition).value(position));
  }

  private Answer judge(IntFunction<Object> values) {
    Answer all = whole ? Answer.YES : Answer.MAYBE;
    for (int i = 0; i < conditions.size(); i++) {
      Answer answer = conditions.get(i).judge(values.apply(i));
      if (answer == Answer.NO) {
        return Answer.NO;
      }
      if (answer == Answer.MAYBE) {
        all = Answer.MAYBE;
      }
    }
    return all;
  }

  /** The condition of that kind on a field, if there is one. */
  Optional<Condition> find(String field, Operator... operators) {
    // Loops, here and where else each update passes: a stream costs more than what it does there.
    for (Condition each : conditions) {
      if (each.path().field().equals(field)) {
        for (Operator wanted : operators) {
          if (each.operator() == wanted) {
            return Optional.of(each);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static final class Reader {
    private final List<Condition> conditions = new ArrayList<>();
    private boolean whole = true;

    void read(Document filter) {
      filter.forEach(
          (key, value) -> {
            if (key.equals("$and") && value instanceof List<?> parts) {
              parts.forEach(this::part);
            } else if (key.startsWith("$")) {
              whole = false;
            } else if (value instanceof Document operators && isOperators(operators)) {
              Path path = Path.of(key);
              operators.forEach((operator, operand) -> add(path, operator, operand));
            } else {
              add(Path.of(key), "$eq", value);
            }
          });
    }

    private void part(@Nullable Object part) {
      if (part instanceof Document filter) {
        read(filter);
      } else {
        whole = false;
      }
    }

    private static boolean isOperators(Document value) {
      return !value.isEmpty() && value.keySet().iterator().next().startsWith("$");
    }

    private void add(Path path, String name, @Nullable Object operand) {
      Operator operator = OPERATORS.get(name);
      List<Object> operands = operator == null ? null : operands(operator, operand);
      if (operator == null || operands == null) {
        whole = false;
      } else {
        conditions.add(Condition.of(path, operator, operands));
      }
    }

    private static @Nullable List<Object> operands(Operator operator, @Nullable Object operand) {
      if (operator == Operator.EXISTS) {
        return Boolean.TRUE.equals(operand) ? List.of() : null;
      }
      if (operator == Operator.IN) {
        return operand instanceof List<?> list && list.stream().allMatch(Scalars::is)
            ? List.copyOf(list)
            : null;
      }
      return operand != null && Scalars.is(operand) ? List.of(operand) : null;
    }
  }
}
