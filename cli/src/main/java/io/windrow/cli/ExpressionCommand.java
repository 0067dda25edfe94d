package io.windrow.cli;

import io.windrow.cli.terminal.Json;
import io.windrow.quant.factor.expression.Expression;
import io.windrow.quant.factor.expression.ExpressionException;
import io.windrow.quant.factor.expression.Feature;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow expression}: how a factor's formula is understood. */
@Command(
    name = "expression",
    description = {
      "Reads an expression in Qlib's syntax and says how it is understood, which fields it needs and"
          + " how many days it looks back and ahead.",
      "An expression that looks ahead is known only that many days later: fit for a label, not for a"
          + " feature."
    })
final class ExpressionCommand implements Callable<Integer> {

  /** How much of a long expression is shown on either side of a mistake. */
  private static final int AROUND = 50;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "EXPR",
      description = "For example 'Ref($close, -2)/Ref($close, -1) - 1'.")
  private String text;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ExpressionCommand() {}

  /**
   * What is printed as JSON.
   *
   * @param parsed calls of operators
   * @param lookBack days before its own that a value needs; null for all days so far
   * @param lookAhead days after its own that a value needs
   * @param loadedBack days before the first wanted one that are loaded, as Qlib counts
   * @param loadedAhead days after the last wanted one that are loaded
   */
  record Explained(
      String expression,
      String parsed,
      List<Feature> fields,
      @Nullable Integer lookBack,
      int lookAhead,
      int loadedBack,
      int loadedAhead) {}

  @Override
  public Integer call() {
    Expression expression = parse();
    PrintWriter out = spec.commandLine().getOut();
    OptionalInt back = expression.reach().back();
    int ahead = expression.reach().ahead();
    if (json) {
      Json.print(
          out,
          new Explained(
              text,
              expression.parsed(),
              List.copyOf(expression.features()),
              back.isPresent() ? back.getAsInt() : null,
              ahead,
              expression.lookBack(),
              expression.lookAhead()));
      return 0;
    }
    out.println("parsed       " + expression.parsed());
    out.println(
        "fields       "
            + expression.features().stream()
                .map(ExpressionCommand::name)
                .collect(Collectors.joining(", ")));
    out.println("looks back   " + (back.isPresent() ? days(back.getAsInt()) : "all days so far"));
    out.println("looks ahead  " + (ahead == 0 ? "no" : "reads the future: " + days(ahead)));
    out.println(
        "loads        "
            + days(expression.lookBack())
            + " before, "
            + days(expression.lookAhead())
            + " after, as Qlib counts");
    out.flush();
    return 0;
  }

  private Expression parse() {
    try {
      return Expression.parse(text);
    } catch (ExpressionException e) {
      String message = String.valueOf(e.getMessage());
      throw new ParameterException(
          spec.commandLine(),
          e.position().isPresent() ? message + pointer(e.position().getAsInt()) : message);
    }
  }

  /** The place of a mistake, in a line of its own. */
  private String pointer(int position) {
    int from = Math.max(0, position - AROUND);
    String shown = text.substring(from, Math.min(text.length(), position + AROUND));
    String indent = "  ";
    return System.lineSeparator()
        + indent
        + shown.replaceAll("\\s", " ")
        + System.lineSeparator()
        + indent
        + " ".repeat(position - from)
        + "^";
  }

  private static String name(Feature feature) {
    String field = "$" + feature.field();
    return feature.instrument() == null ? field : field + " of " + feature.instrument();
  }

  private static String days(int count) {
    return count == 1 ? "1 day" : count + " days";
  }
}
