package io.windrow.quant.factor.expression;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
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
  private final Set<Feature> features;
  private final Extent extent;

  private Expression(String text, Node.Daily root) {
    this.text = text;
    this.root = root;
    this.extent = root.extent();
    Set<Feature> found = new LinkedHashSet<>();
    collect(root, found);
    this.features = Collections.unmodifiableSet(found);
    Set<String> names = new TreeSet<>();
    found.forEach(feature -> names.add(feature.field()));
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

  private static void collect(Node.Daily node, Set<Feature> features) {
    if (node instanceof Node.Field field) {
      features.add(field.feature());
    }
    for (Node.Daily input : node.inputs()) {
      collect(input, features);
    }
  }

  /** Names of the fields, without {@code $}, of whatever instrument. */
  public Set<String> fields() {
    return fields;
  }

  /** Where a field is named first, in the words of errors: {@code at character 6 of "..."}. */
  public String place(String field) {
    Matcher name = Pattern.compile("\\$" + Pattern.quote(field) + "(?!\\w)").matcher(text);
    return (name.find() ? "at character " + (name.start() + 1) + " of " : "in ") + '"' + text + '"';
  }

  /** The fields with their instruments, in the order in which they stand. */
  public Set<Feature> features() {
    return features;
  }

  /** How many days before the first result are loaded, as Qlib counts. */
  public int lookBack() {
    return extent.back();
  }

  /** How many days after the last result are loaded, as Qlib counts. */
  public int lookAhead() {
    return extent.ahead();
  }

  /** The days on which a value truly depends: what Qlib loads may be more or less. */
  public Reach reach() {
    return root.reach();
  }

  /**
   * Whether values stay the same, to the bit, when more days are loaded than {@link #lookBack} and
   * {@link #lookAhead} say, as long as no field has an infinite value.
   */
  public boolean settled() {
    return root.settled();
  }

  /**
   * The expression as it was understood: calls of operators, in which equal parts look the same.
   */
  public String parsed() {
    return root.toString();
  }

  Node.Daily root() {
    return root;
  }

  /**
   * Computes the values of all days that the fields have.
   *
   * @param fields their values from {@link #lookBack} days before the first wanted day to {@link
   *     #lookAhead} after the last
   */
  public Column evaluate(Fields fields) {
    Column[] result = new Column[1];
    new Program(List.of(this)).evaluate(fields, (expression, column) -> result[0] = column);
    return result[0];
  }

  @Override
  public String toString() {
    return text;
  }
}
