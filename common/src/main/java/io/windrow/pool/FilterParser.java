package io.windrow.pool;

import io.windrow.pool.TaskFilter.Condition;
import io.windrow.pool.TaskFilter.Operator;
import io.windrow.pool.TaskFilter.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the filter language. In short: {@code condition ((',' | 'and') condition)*}, a condition
 * being {@code path operator value} or {@code path in (value, ...)}.
 */
final class FilterParser {
  private static final int MAX_LENGTH = 8_000;
  private static final int MAX_CONDITIONS = 32;
  private static final int MAX_VALUES = 200;

  /** Longest sign first: {@code <=} is not {@code <}. */
  private static final List<Operator> SIGNS =
      List.of(
          Operator.AT_MOST,
          Operator.AT_LEAST,
          Operator.NOT_EQUAL,
          Operator.EQUAL,
          Operator.LESS,
          Operator.GREATER,
          Operator.CONTAINS);

  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private final String text;
  private int at;

  FilterParser(String text) {
    this.text = text;
  }

  TaskFilter parse() {
    if (text.length() > MAX_LENGTH) {
      throw new FilterException(
          MAX_LENGTH + 1, "a filter may have " + MAX_LENGTH + " characters, has " + text.length());
    }
    List<Condition> conditions = new ArrayList<>();
    skipBlanks();
    while (at < text.length()) {
      if (conditions.size() == MAX_CONDITIONS) {
        throw wrong("a filter may have " + MAX_CONDITIONS + " conditions");
      }
      conditions.add(condition());
      skipBlanks();
      if (at == text.length()) {
        break;
      }
      if (!take(",") && !takeWord("and")) {
        throw wrong("expected ',' or 'and' between two conditions");
      }
      skipBlanks();
      if (at == text.length()) {
        throw wrong("expected a condition after ',' or 'and'");
      }
    }
    return new TaskFilter(conditions);
  }

  private Condition condition() {
    int start = at;
    List<String> path = path();
    skipBlanks();
    Operator operator = operator();
    skipBlanks();
    int valueAt = at;
    List<Value> values = operator == Operator.IN ? list() : List.of(value());
    Condition condition = new Condition(path, operator, values);
    FilterField field;
    try {
      field = FilterField.of(path);
    } catch (IllegalArgumentException e) {
      throw new FilterException(start + 1, String.valueOf(e.getMessage()));
    }
    String problem = field.problem(condition);
    if (problem != null) {
      throw new FilterException(valueAt + 1, problem);
    }
    return condition;
  }

  private List<String> path() {
    List<String> path = new ArrayList<>();
    do {
      path.add(name());
    } while (take("."));
    return path;
  }

  private String name() {
    if (at < text.length() && isQuote(text.charAt(at))) {
      return quoted();
    }
    int start = at;
    while (at < text.length() && isOfName(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw wrong("expected the name of a field");
    }
    return text.substring(start, at);
  }

  private Operator operator() {
    for (Operator operator : SIGNS) {
      if (take(operator.sign())) {
        return operator;
      }
    }
    if (takeWord("in")) {
      return Operator.IN;
    }
    throw wrong("expected one of = != < <= > >= ~ in");
  }

  private List<Value> list() {
    if (!take("(")) {
      throw wrong("expected '(' after 'in'");
    }
    List<Value> values = new ArrayList<>();
    do {
      if (values.size() == MAX_VALUES) {
        throw wrong("'in' may have " + MAX_VALUES + " values");
      }
      skipBlanks();
      values.add(value());
      skipBlanks();
    } while (take(","));
    if (!take(")")) {
      throw wrong("expected ',' or ')' in the list of 'in'");
    }
    return values;
  }

  private Value value() {
    if (at < text.length() && isQuote(text.charAt(at))) {
      return new Value(quoted());
    }
    int start = at;
    while (at < text.length() && isOfBareValue(text.charAt(at))) {
      at++;
    }
    String bare = text.substring(start, at);
    if (bare.isEmpty()) {
      throw wrong("expected a value; put it in quotes if it has blanks, commas or brackets");
    }
    return typed(bare, start);
  }

  private static Value typed(String bare, int start) {
    if (bare.equals("null")) {
      return new Value(null);
    }
    if (bare.equals("true") || bare.equals("false")) {
      return new Value(Boolean.valueOf(bare));
    }
    if (INTEGER.matcher(bare).matches()) {
      return new Value(Long.valueOf(bare));
    }
    if (DECIMAL.matcher(bare).matches()) {
      double number = Double.parseDouble(bare);
      if (Double.isInfinite(number)) {
        throw new FilterException(start + 1, "the number " + bare + " is too large");
      }
      return new Value(number);
    }
    return new Value(bare);
  }

  private String quoted() {
    char quote = text.charAt(at);
    int start = at++;
    StringBuilder read = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      read.append(text.charAt(at++));
    }
    if (at == text.length()) {
      throw new FilterException(start + 1, "the quote that opens here is not closed");
    }
    at++;
    return read.toString();
  }

  private boolean take(String sign) {
    boolean there = text.startsWith(sign, at);
    if (there) {
      at += sign.length();
    }
    return there;
  }

  /** A word that ends there: {@code and} is not the beginning of {@code android}. */
  private boolean takeWord(String word) {
    int end = at + word.length();
    boolean there =
        text.regionMatches(true, at, word, 0, word.length())
            && (end == text.length() || !isOfName(text.charAt(end)));
    if (there) {
      at = end;
    }
    return there;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '@' || c == '$';
  }

  private static boolean isOfBareValue(char c) {
    return !Character.isWhitespace(c) && ",()'\"=<>!~".indexOf(c) < 0;
  }

  private FilterException wrong(String message) {
    return new FilterException(at + 1, message);
  }
}
