package io.windrow.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition over metrics: {@code IC > 0.02 and not ("Rank IC" <= 0 or best_iteration < 5)}.
 *
 * <p>It knows numbers, names of metrics (in quotation marks if they hold anything but letters,
 * digits, dots and underscores), {@code < <= > >= == !=}, {@code and}, {@code or}, {@code not} and
 * brackets; {@code and} binds more closely than {@code or}. Nothing in it can be called. A metric
 * that is not there makes its comparison false, whatever it is compared with.
 */
public final class Condition {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_DEPTH = 50;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>-?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)"
              + "|(?<name>[A-Za-z_][A-Za-z0-9_.]*)"
              + "|\"(?<quoted>[^\"]+)\""
              + "|(?<sign><=|>=|==|!=|<|>|\\(|\\)))");

  private final Predicate<Map<String, Double>> test;

  private Condition(Predicate<Map<String, Double>> test) {
    this.test = test;
  }

  /**
   * Reads a condition.
   *
   * @throws IllegalArgumentException if it is none, with the position from 1
   */
  public static Condition parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a condition may have 1,000 characters");
    }
    Parser parser = new Parser(tokens(text));
    Predicate<Map<String, Double>> test = parser.or(0);
    parser.end();
    return new Condition(test);
  }

  /** Whether it holds for these metrics. */
  public boolean test(Map<String, Double> metrics) {
    return test.test(metrics);
  }

  private enum Kind {
    NUMBER,
    NAME,
    QUOTED,
    SIGN,
    END
  }

  private record Token(Kind kind, String text, int position) {
    boolean is(String word) {
      return (kind == Kind.NAME || kind == Kind.SIGN) && text.equals(word);
    }

    IllegalArgumentException unexpected(String expected) {
      return new IllegalArgumentException(
          "expected %s at position %d, found %s"
              .formatted(expected, position, kind == Kind.END ? "the end" : "'" + text + "'"));
    }
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    int end = text.stripTrailing().length();
    while (at < end) {
      if (!matcher.region(at, text.length()).lookingAt()) {
        int position =
            at + text.substring(at).length() - text.substring(at).stripLeading().length();
        throw new IllegalArgumentException(
            "unexpected '%s' at position %d".formatted(text.charAt(position), position + 1));
      }
      for (Kind kind : new Kind[] {Kind.NUMBER, Kind.NAME, Kind.QUOTED, Kind.SIGN}) {
        String group = kind.name().toLowerCase(Locale.ROOT);
        if (matcher.group(group) != null) {
          tokens.add(new Token(kind, matcher.group(group), matcher.start(group) + 1));
        }
      }
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "", text.length() + 1));
    return tokens;
  }

  /** By recursive descent. */
  private static final class Parser {
    private final List<Token> tokens;
    private int next;

    Parser(List<Token> tokens) {
      this.tokens = tokens;
    }

    Predicate<Map<String, Double>> or(int depth) {
      Predicate<Map<String, Double>> left = and(depth);
      while (took("or")) {
        left = left.or(and(depth));
      }
      return left;
    }

    private Predicate<Map<String, Double>> and(int depth) {
      Predicate<Map<String, Double>> left = not(depth);
      while (took("and")) {
        left = left.and(not(depth));
      }
      return left;
    }

    private Predicate<Map<String, Double>> not(int depth) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH + " levels");
      }
      if (took("not")) {
        return not(depth + 1).negate();
      }
      if (took("(")) {
        Predicate<Map<String, Double>> inner = or(depth + 1);
        if (!took(")")) {
          throw peek().unexpected("')'");
        }
        return inner;
      }
      return comparison();
    }

    private Predicate<Map<String, Double>> comparison() {
      ToDoubleFunction<Map<String, Double>> left = operand();
      Token sign = take();
      Comparison compare =
          switch (sign.kind() == Kind.SIGN ? sign.text() : "") {
            case "<" -> (a, b) -> a < b;
            case "<=" -> (a, b) -> a <= b;
            case ">" -> (a, b) -> a > b;
            case ">=" -> (a, b) -> a >= b;
            case "==" -> (a, b) -> a == b;
            case "!=" -> (a, b) -> a < b || a > b;
            default -> throw sign.unexpected("a comparison (< <= > >= == !=)");
          };
      ToDoubleFunction<Map<String, Double>> right = operand();
      return metrics -> compare.test(left.applyAsDouble(metrics), right.applyAsDouble(metrics));
    }

    private ToDoubleFunction<Map<String, Double>> operand() {
      Token token = take();
      boolean word = token.is("and") || token.is("or") || token.is("not");
      if (token.kind() == Kind.NUMBER) {
        double number = Double.parseDouble(token.text());
        return metrics -> number;
      }
      if (token.kind() == Kind.QUOTED || (token.kind() == Kind.NAME && !word)) {
        String name = token.text();
        return metrics -> metrics.getOrDefault(name, Double.NaN);
      }
      throw token.unexpected("a number or the name of a metric");
    }

    void end() {
      if (peek().kind() != Kind.END) {
        throw peek().unexpected("'and', 'or' or the end");
      }
    }

    private boolean took(String word) {
      if (peek().is(word)) {
        next++;
        return true;
      }
      return false;
    }

    private Token peek() {
      return tokens.get(next);
    }

    private Token take() {
      Token token = tokens.get(next);
      if (token.kind() != Kind.END) {
        next++;
      }
      return token;
    }
  }

  /** False whenever one of the two is no number. */
  @FunctionalInterface
  private interface Comparison {
    boolean test(double left, double right);
  }
}
