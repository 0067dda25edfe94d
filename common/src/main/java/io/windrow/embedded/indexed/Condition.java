package io.windrow.embedded.indexed;

import java.util.List;
import java.util.Set;

/**
 * One comparison of a query.
 *
 * @param path what is compared
 * @param operator how
 * @param operands scalars; one, but of {@code IN} any number, and of {@code EXISTS} none
 * @param texts the operands of an {@code IN} of texts alone, which may be thousands of ids; else
 *     empty
 */
record Condition(Path path, Operator operator, List<Object> operands, Set<Object> texts) {

  static Condition of(Path path, Operator operator, List<Object> operands) {
    boolean textsOnly =
        operator == Operator.IN && operands.stream().allMatch(String.class::isInstance);
    return new Condition(path, operator, operands, textsOnly ? Set.copyOf(operands) : Set.of());
  }

  /** How a value is compared; the others of MongoDB are left to the server. */
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    IN,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    EXISTS
  }

  /** Whether a document meets a condition; MAYBE leaves it to the server to say. */
  enum Answer {
    NO,
    MAYBE,
    YES
  }

  /**
   * Judges a value.
   *
   * @param value as {@link Path#in} finds it
   */
  Answer judge(Object value) {
    if (operator == Operator.EXISTS) {
      return value == Path.Nothing.ABSENT ? Answer.NO : Answer.MAYBE;
    }
    if (value == Path.Nothing.ABSENT) {
      return operator == Operator.NOT_EQUAL ? Answer.YES : Answer.NO;
    }
    return value instanceof Path.Nothing ? Answer.MAYBE : holds(value) ? Answer.YES : Answer.NO;
  }

  Object operand() {
    return operands.get(0);
  }

  private boolean holds(Object value) {
    return switch (operator) {
      case EQUAL -> Scalars.compare(value, operand()) == 0;
      case NOT_EQUAL -> Scalars.compare(value, operand()) != 0;
      case IN ->
          texts.isEmpty()
              ? operands.stream().anyMatch(each -> Scalars.compare(value, each) == 0)
              : texts.contains(value);
      case LESS -> comparable(value) && Scalars.compare(value, operand()) < 0;
      case AT_MOST -> comparable(value) && Scalars.compare(value, operand()) <= 0;
      case GREATER -> comparable(value) && Scalars.compare(value, operand()) > 0;
      case AT_LEAST -> comparable(value) && Scalars.compare(value, operand()) >= 0;
      case EXISTS -> true;
    };
  }

  private boolean comparable(Object value) {
    return Scalars.sameKind(value, operand());
  }
}
