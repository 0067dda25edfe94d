package io.windrow.quant.factor.expression;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A formula over the fields of one instrument in Qlib's syntax, for example {@code Mean($close,
 * 5)/$close}. Operators bind as in Python, whose parser Qlib uses: {@code **}, sign, {@code * /},
 * {@code + -}, {@code &}, {@code |}, comparisons. Immutable.
 */
public final class Expression {

  private final String text;
  private final Node.Daily root;
  private final Set<String> fields;
  private final Extent extent;

  private Expression(String text, Node.Daily root) {
    this.text = text;
    this.root = root;
    this.extent = root.extent();
    Set<String> names = new TreeSet<>();
    root.collectFields(names);
    this.fields = Collections.unmodifiableSet(names);
  }

  /**
   * Reads an expression.
   *
   * @throws ExpressionException if it cannot be understood
   */
  public static Expression parse(String text) {
    if (new Parser(text).parse() instanceof Node.Daily root) {
      return new Expression(text, root);
    }
    throw new ExpressionException(
        "\"" + text + "\" is a number: name at least one field, for example $close");
  }

  /** Names of the fields, without {@code $}. */
  public Set<String> fields() {
    return fields;
  }

  /** Where a field is named first, in the words of errors: {@code at character 6 of "..."}. */
  public String place(String field) {
    Matcher name = Pattern.compile("\\$" + Pattern.quote(field) + "(?!\\w)").matcher(text);
    return (name.find() ? "at character " + (name.start() + 1) + " of " : "in ") + '"' + text + '"';
  }

  /** How many days before the first result are loaded, as Qlib counts. */
  public int lookBack() {
    return extent.back();
  }

  /** How many days after the last result are loaded, as Qlib counts. */
  public int lookAhead() {
    return extent.ahead();
  }

  /**
   * Computes the values of all days that the fields have.
   *
   * @param fields their values from {@link #lookBack} days before the first wanted day to {@link
   *     #lookAhead} after the last
   */
  public Column evaluate(Fields fields) {
    return root.evaluate(fields);
  }

  @Override
  public String toString() {
    return text;
  }
}
