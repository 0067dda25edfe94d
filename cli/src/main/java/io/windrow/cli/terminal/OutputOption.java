package io.windrow.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code -o}: how an answer is printed, for people or for programs. */
public final class OutputOption {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** How. */
  enum Format {
    TABLE,
    JSON,
    YAML,
    CSV
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description =
          "table for people; json, yaml or csv (a line each, nested names with dots) for programs.")
  private @Nullable Format format;

  @Option(names = "--json", description = "The same as -o json.")
  private boolean json;

  /** Whether a program reads it: no words around the answer then. */
  public boolean forPrograms() {
    return format() != Format.TABLE;
  }

  /**
   * Prints an answer.
   *
   * @param value for programs: anything that JSON can say
   * @param lines for people
   */
  public void print(Object value, Supplier<List<String>> lines) {
    PrintWriter out = command.commandLine().getOut();
    switch (format()) {
      case TABLE -> lines.get().forEach(out::println);
      case JSON -> Json.print(out, value);
      case YAML -> out.print(Yaml.text(tree(value)));
      case CSV -> out.print(Csv.text(tree(value)));
    }
    out.flush();
  }

  private static JsonNode tree(Object value) {
    return value instanceof JsonNode node ? node : JSON.valueToTree(value);
  }

  private Format format() {
    if (json && format != null && format != Format.JSON) {
      throw new ParameterException(
          command.commandLine(),
          "--json: does not go with -o " + format.name().toLowerCase(Locale.ROOT));
    }
    if (json) {
      return Format.JSON;
    }
    return format == null ? Format.TABLE : format;
  }
}
