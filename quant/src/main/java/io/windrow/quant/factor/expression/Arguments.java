package io.windrow.quant.factor.expression;

import io.windrow.quant.factor.expression.Node.Daily;
import java.util.List;

/**
 * What stands in the brackets of an operator, and how to complain about it.
 *
 * @param position index of the operator in the text
 */
record Arguments(String operator, List<Node> nodes, Parser parser, int position) {

  private static final int LONGEST_WINDOW = 100_000;

  /** All arguments, which must be as many as the operator takes. */
  List<Node> all(int count) {
    if (nodes.size() != count) {
      throw error(
          operator
              + " takes "
              + count
              + (count == 1 ? " argument, found " : " arguments, found ")
              + nodes.size());
    }
    return nodes;
  }

  /** All arguments, each a number or a part that has a value each day. */
  List<Node> values(int count) {
    for (Node node : all(count)) {
      if (node instanceof Node.Symbol symbol) {
        throw error(operator + " takes fields and numbers, not \"" + symbol.value() + "\"");
      }
    }
    return nodes;
  }

  Daily daily(int index) {
    if (nodes.get(index) instanceof Daily daily) {
      return daily;
    }
    throw error(
        "argument " + (index + 1) + " of " + operator + " must hold a field, for example $close");
  }

  /** The symbol of an instrument. */
  String symbol(int index) {
    if (nodes.get(index) instanceof Node.Symbol symbol) {
      return symbol.value();
    }
    throw error(
        "argument "
            + (index + 1)
            + " of "
            + operator
            + " must be the symbol of an instrument in quotes, for example \"SH000300\"");
  }

  double number(int index) {
    if (nodes.get(index) instanceof Node.Literal literal) {
      return literal.value();
    }
    throw error("argument " + (index + 1) + " of " + operator + " must be a number");
  }

  /** A whole number of days, negative for days ahead. */
  int days(int index) {
    double days = number(index);
    if (days != Math.rint(days) || Math.abs(days) > LONGEST_WINDOW) {
      throw error(
          "argument "
              + (index + 1)
              + " of "
              + operator
              + " must be a whole number of at most "
              + LONGEST_WINDOW
              + " days, not "
              + days);
    }
    return (int) days;
  }

  /** A whole number of days from 0. */
  WindowLength window(int index) {
    int days = days(index);
    if (days < 0) {
      throw error(operator + " cannot look ahead: its window must not be negative, as " + days);
    }
    return new WindowLength(days);
  }

  /** A whole number of days of at least {@code shortest}, or 0. */
  WindowLength window(int index, int shortest) {
    WindowLength length = window(index);
    if (length.days() > 0 && length.days() < shortest) {
      throw error(
          operator + " needs a window of at least " + shortest + " days, not " + length.days());
    }
    return length;
  }

  /** A whole number of days from 0, or a fraction between 0 and 1. */
  WindowLength windowOrDecay(int index) {
    WindowLength length = new WindowLength(number(index));
    return length.isDecay() ? length : window(index);
  }

  ExpressionException error(String message) {
    return parser.error(message, position);
  }
}
