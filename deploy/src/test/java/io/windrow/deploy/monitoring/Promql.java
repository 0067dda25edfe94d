package io.windrow.deploy.monitoring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The selectors of a PromQL expression, with what is done to each. No parser of the whole language:
 * whether an expression is one is for promtool to say.
 */
record Promql(List<Selector> selectors, Set<String> variables) {

  /**
   * A metric as an expression reads it.
   *
   * @param matchers the matcher of each label, such as {@code =~"$queue"}
   * @param range what stands in its square brackets, or nothing
   * @param calls functions and aggregations around it, innermost first
   */
  record Selector(String metric, Map<String, String> matchers, String range, List<Call> calls) {}

  /** A function, or an aggregation with the labels that it keeps. */
  record Call(String name, List<String> labels) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "|(?<number>[0-9][0-9a-zA-Z.]*)|(?<range>\\[[^]]*])|(?<sign>=~|!~|!=|==|>=|<=|.)",
          Pattern.DOTALL);

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-zA-Z_]+)");
  private static final Set<String> LABELLED =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf");

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if its brackets do not match
   */
  static Promql parse(String expression) {
    Set<String> variables = new HashSet<>();
    Matcher used = VARIABLE.matcher(expression);
    while (used.find()) {
      variables.add(used.group(1));
    }
    return new Promql(new Reader(tokens(expression)).selectors(), variables);
  }

  private static List<String> tokens(String expression) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(expression);
    while (matcher.find()) {
      if (!matcher.group().isBlank()) {
        tokens.add(matcher.group());
      }
    }
    return tokens;
  }

  private static final class Reader {
    private final List<String> tokens;
    private final List<Selector> found = new ArrayList<>();
    private final Deque<Call> open = new ArrayDeque<>();
    private int at;

    Reader(List<String> tokens) {
      this.tokens = tokens;
    }

    List<Selector> selectors() {
      while (at < tokens.size()) {
        String token = tokens.get(at++);
        if (token.equals("(")) {
          open.push(new Call("", List.of()));
        } else if (token.equals(")")) {
          if (open.isEmpty()) {
            throw new IllegalArgumentException("a ')' too many");
          }
          open.pop();
        } else if (LABELLED.contains(token)) {
          labels();
        } else if (Character.isLetter(token.charAt(0)) && !WORDS.contains(token)) {
          named(token);
        }
      }
      if (!open.isEmpty()) {
        throw new IllegalArgumentException("a ')' is missing");
      }
      return List.copyOf(found);
    }

    private void named(String name) {
      if (next("(")) {
        at++;
        open.push(new Call(name, List.of()));
      } else if (next("by") || next("without")) {
        at++;
        open.push(new Call(name, labels()));
        expect("(");
      } else {
        Map<String, String> matchers = next("{") ? matchers() : Map.of();
        String range = at < tokens.size() && tokens.get(at).startsWith("[") ? tokens.get(at++) : "";
        List<Call> calls = open.stream().filter(call -> !call.name().isEmpty()).toList();
        found.add(
            new Selector(name, matchers, range.isEmpty() ? "" : strip(range), List.copyOf(calls)));
      }
    }

    private Map<String, String> matchers() {
      Map<String, String> matchers = new HashMap<>();
      expect("{");
      while (!next("}")) {
        String label = take();
        matchers.put(label, take() + strip(take()));
        if (next(",")) {
          at++;
        }
      }
      at++;
      return matchers;
    }

    private List<String> labels() {
      if (!next("(")) {
        return List.of(); // group_left without labels
      }
      expect("(");
      List<String> labels = new ArrayList<>();
      while (!next(")")) {
        String token = take();
        if (!token.equals(",")) {
          labels.add(token);
        }
      }
      at++;
      return List.copyOf(labels);
    }

    private boolean next(String token) {
      return at < tokens.size() && tokens.get(at).equals(token);
    }

    private String take() {
      if (at == tokens.size()) {
        throw new IllegalArgumentException("it ends too early");
      }
      return tokens.get(at++);
    }

    private void expect(String token) {
      String taken = take();
      if (!taken.equals(token)) {
        throw new IllegalArgumentException("'" + token + "' expected, not '" + taken + "'");
      }
    }

    private static String strip(String quoted) {
      return quoted.substring(1, quoted.length() - 1);
    }
  }
}
