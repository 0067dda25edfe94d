package io.windrow.quant.factor.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an expression by recursive descent; length and depth are bounded. */
final class Parser {

  private static final int LONGEST = 10_000;
  private static final int DEEPEST = 100;

  /** Operators by precedence, the loosest first; longer names before those they begin with. */
  private static final List<Map<String, String>> LEVELS =
      List.of(
          Map.of("<=", "Le", ">=", "Ge", "==", "Eq", "!=", "Ne", "<", "Lt", ">", "Gt"),
          Map.of("|", "Or"),
          Map.of("&", "And"),
          Map.of("+", "Add", "-", "Sub"),
          Map.of("*", "Mul", "/", "Div"));

  private final String text;
  private int at;
  private int depth;

  Parser(String text) {
    this.text = text;
  }

  Node parse() {
    if (text.length() > LONGEST) {
      throw new ExpressionException(
          "an expression may have " + LONGEST + " characters, this one has " + text.length());
    }
    Node node = operation(0);
    skipSpace();
    if (at < text.length()) {
      throw error("unexpected \"" + text.charAt(at) + "\"", at);
    }
    return node;
  }

  private Node operation(int level) {
    if (level == LEVELS.size()) {
      return signed();
    }
    Node node = operation(level + 1);
    int operators = 0;
    while (true) {
      int position = at;
      String operator = operator(LEVELS.get(level));
      if (operator == null) {
        return node;
      }
      if (level == 0 && ++operators > 1) {
        throw error("comparisons cannot be chained; put each in brackets", position);
      }
      node = Operators.apply(operator, List.of(node, operation(level + 1)), this, position);
    }
  }

  private @Nullable String operator(Map<String, String> level) {
    skipSpace();
    for (int length = 2; length >= 1; length--) {
      if (at + length > text.length()) {
        continue;
      }
      String sign = text.substring(at, at + length);
      String operator = level.get(sign);
      if (operator != null && !(sign.equals("*") && text.startsWith("**", at))) {
        at += length;
        return operator;
      }
    }
    return null;
  }

  private Node signed() {
    skipSpace();
    int position = at;
    if (take('-')) {
      return nested(
          () -> Operators.apply("Sub", List.of(new Node.Literal(0), signed()), this, position));
    }
    if (take('+')) {
      return nested(this::signed);
    }
    return power();
  }

  private Node power() {
    Node base = primary();
    skipSpace();
    int position = at;
    if (!text.startsWith("**", at)) {
      return base;
    }
    at += 2;
    return nested(() -> Operators.apply("Power", List.of(base, signed()), this, position));
  }

  private Node primary() {
    skipSpace();
    if (at == text.length()) {
      throw error("the expression ends where a value is expected", at);
    }
    char c = text.charAt(at);
    if (c == '$') {
      return field();
    }
    if (c == '"' || c == '\'') {
      return symbol(c);
    }
    if (c == '(') {
      int opening = at++;
      Node node = nested(() -> operation(0));
      close(opening);
      return node;
    }
    if (isDigit(c) || c == '.') {
      return number();
    }
    if (isName(c)) {
      return call();
    }
    throw error("expected a field, a number, an operator or \"(\", found \"" + c + "\"", at);
  }

  private Node field() {
    int position = at++;
    String name = name();
    if (name.isEmpty()) {
      throw error("\"$\" is followed by no field's name", position);
    }
    return new Node.Field(new Feature(null, name));
  }

  private Node symbol(char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw error("this quote is never closed", at);
    }
    if (end == at + 1) {
      throw error("the symbol of an instrument must not be empty", at);
    }
    Node symbol = new Node.Symbol(text.substring(at + 1, end));
    at = end + 1;
    return symbol;
  }

  private Node number() {
    int start = at;
    digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
        at++;
      }
      digits();
    }
    String number = text.substring(start, at);
    try {
      if (at < text.length() && isName(text.charAt(at))) {
        throw error("\"" + number + text.charAt(at) + "\" is not a number", start);
      }
      return new Node.Literal(Double.parseDouble(number));
    } catch (NumberFormatException e) {
      throw error("\"" + number + "\" is not a number", start);
    }
  }

  private Node call() {
    int position = at;
    String operator = name();
    skipSpace();
    int opening = at;
    if (!take('(')) {
      throw error(
          "expected \"(\" after " + operator + " (a field is written $" + operator + ")", position);
    }
    return nested(
        () -> {
          List<Node> arguments = new ArrayList<>();
          do {
            arguments.add(operation(0));
            skipSpace();
          } while (take(','));
          close(opening);
          return Operators.apply(operator, arguments, this, position);
        });
  }

  private void close(int opening) {
    skipSpace();
    if (!take(')')) {
      throw error(
          at == text.length()
              ? "this \"(\" is never closed"
              : "expected \")\" before \""
                  + text.substring(at, Math.min(at + 10, text.length()))
                  + "\"",
          at == text.length() ? opening : at);
    }
  }

  private interface Part {
    Node read();
  }

  private Node nested(Part part) {
    if (++depth > DEEPEST) {
      throw error("more than " + DEEPEST + " levels of nesting", at);
    }
    Node node = part.read();
    depth--;
    return node;
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void digits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private String name() {
    int start = at;
    while (at < text.length() && (isName(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  /**
   * @param position index of the character at fault; people count from 1
   */
  ExpressionException error(String message, int position) {
    return new ExpressionException(
        message + ", at character " + (position + 1) + " of \"" + text + "\"", position);
  }
}
