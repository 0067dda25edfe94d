package io.windrow.coordinator.workflow;

import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders the part of Jinja2 that workflow files use: {@code {{ NAME }}}, {@code {{ NAME |
 * default('x') }}} and {@code {# comments #}}. Qlib renders whole Jinja2; what is missing here is
 * an error. Qlib also takes an undefined variable for an empty text; here it is an error, since an
 * empty pool or folder is nobody's wish.
 *
 * <p>Every line stays where it was, so the lines of later problems are those of the file.
 */
final class Template {
  static final int MAX_VARIABLES = 100;
  static final int MAX_LENGTH = 4096;

  /** An opening that is not closed runs to the end of its line. */
  private static final Pattern TAG =
      Pattern.compile(
          "(?<variable>\\{\\{[^\\n]*?(\\}\\}|(?=\\n)|\\z))"
              + "|(?<comment>\\{#(?s:.*?)(#\\}|\\z))"
              + "|(?<statement>\\{%)");

  private static final String TEXT = "'[^'\\\\]*'|\"[^\"\\\\]*\"";
  private static final Pattern EXPRESSION =
      Pattern.compile(
          "\\{\\{\\s*(?<name>[A-Za-z_]\\w*)\\s*"
              + "(\\|\\s*(default|d)\\s*\\(\\s*(?<default>"
              + TEXT
              + "|[-+.\\w]+)\\s*(,\\s*(boolean\\s*=\\s*)?(?<empty>[Tt]rue|[Ff]alse)\\s*)?\\)\\s*)?"
              + "\\}\\}");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w{0,199}");

  /** A longer tag is none that can be rendered; a hostile one is not even looked at. */
  private static final int MAX_TAG = 1000;

  private static final int MAX_PROBLEMS = 100;

  private final Map<String, String> variables;
  private final Set<String> used = new TreeSet<>();

  /**
   * @param variables what the submitter gives
   * @throws WorkflowException if they cannot be variables
   */
  Template(Map<String, String> variables) {
    this.variables = variables;
    if (variables.size() > MAX_VARIABLES) {
      throw new WorkflowException(1, "", "more than " + MAX_VARIABLES + " variables are given");
    }
    variables.forEach(Template::check);
  }

  /** A line break would move all lines that follow. */
  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new WorkflowException(
          1, "", "the variable " + Section.quote(name) + " must be named by letters, digits and _");
    }
    boolean plain =
        value.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    if (value.length() > MAX_LENGTH || !plain) {
      throw new WorkflowException(
          1, "", "the variable " + name + " must be one line of at most 4096 characters");
    }
  }

  /**
   * The text with the variables' values.
   *
   * @throws WorkflowException with every tag that cannot be rendered
   */
  String render(String text) {
    StringBuilder rendered = new StringBuilder();
    List<WorkflowProblem> problems = new ArrayList<>();
    Matcher tag = TAG.matcher(text);
    int line = 1;
    int comment = commentAfter(text, 0);
    int done = 0;
    while (problems.size() < MAX_PROBLEMS && tag.find()) {
      int further = newLines(text, done, tag.start());
      if (further > 0) {
        line += further;
        comment = commentAfter(text, text.lastIndexOf('\n', tag.start()) + 1);
      }
      rendered.append(text, done, tag.start());
      Optional<String> value = value(tag, text);
      // What stays in a quoted text that only looks like a comment is found when YAML is read.
      if (value.isEmpty() && tag.start() < comment) {
        problems.add(new WorkflowProblem(line, "", message(tag)));
      }
      rendered.append(value.orElse(tag.group()));
      line += newLines(text, tag.start(), tag.end());
      done = tag.end();
    }
    if (!problems.isEmpty()) {
      throw new WorkflowException(problems);
    }
    return rendered.append(text, done, text.length()).toString();
  }

  /** Given variables that no rendered text asked for. */
  Set<String> unused() {
    Set<String> unused = new TreeSet<>(variables.keySet());
    unused.removeAll(used);
    return unused;
  }

  private Optional<String> value(Matcher tag, String text) {
    if (tag.group("comment") != null) {
      return Optional.of("\n".repeat(newLines(text, tag.start(), tag.end())));
    }
    Matcher expression = expression(tag);
    if (!expression.matches()) {
      return Optional.empty();
    }
    String name = expression.group("name");
    used.add(name);
    String value = variables.get(name);
    String absent = expression.group("default");
    boolean emptyToo = "true".equalsIgnoreCase(expression.group("empty"));
    if (absent != null && (value == null || (emptyToo && value.isEmpty()))) {
      return Optional.of(unquoted(absent));
    }
    return Optional.ofNullable(value);
  }

  private String message(Matcher tag) {
    Matcher expression = expression(tag);
    if (!expression.matches()) {
      return "of Jinja2 only {{ NAME }} and {{ NAME | default('x') }} can be rendered, not "
          + Section.quote(tag.group());
    }
    String name = expression.group("name");
    return "the variable "
        + name
        + " is not defined"
        + Nearest.hint(name, variables.keySet())
        + ": give it when submitting (--env "
        + name
        + " or --set "
        + name
        + "=...), or write {{ "
        + name
        + " | default('x') }}";
  }

  private static Matcher expression(Matcher tag) {
    return EXPRESSION.matcher(tag.end() - tag.start() > MAX_TAG ? "" : tag.group());
  }

  /** Where YAML's comment begins on a line: at a # at its start or after white space. */
  private static int commentAfter(String text, int lineStart) {
    for (int i = lineStart; i < text.length() && text.charAt(i) != '\n'; i++) {
      if (text.charAt(i) == '#' && (i == lineStart || Character.isWhitespace(text.charAt(i - 1)))) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static String unquoted(String literal) {
    boolean quoted = literal.startsWith("'") || literal.startsWith("\"");
    return quoted ? literal.substring(1, literal.length() - 1) : literal;
  }

  private static int newLines(String text, int from, int to) {
    return (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
  }
}
