package io.windrow.cli.submission;

import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.client.Generation;
import io.windrow.cli.client.Generation.Generated;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.cli.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windrow generate}: shows the tasks of a workflow without submitting it. */
@Command(
    name = "generate",
    description = {
      "Prints the tasks that a workflow (Qlib's YAML) would give; nothing is submitted.",
      "The coordinator makes them, since it has the calendar."
    })
public final class GenerateCommand implements Callable<Integer> {
  private static final int MAX_LISTED = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private CoordinatorOption coordinator;
  @Mixin private WorkflowOptions workflow;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Print the first N tasks only, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private OutputOption output;

  GenerateCommand() {}

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX_LISTED) {
      throw new ParameterException(
          spec.commandLine(), "--limit must be 1 to " + MAX_LISTED + ", not " + limit);
    }
    Generation generation = coordinator.client().generate(workflow.read(), limit);
    output.print(generation, () -> lines(generation));
    return 0;
  }

  static List<String> lines(Generation generation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d tasks (pool %s, experiment %s, queue %s, data to %s); nothing was submitted"
            .formatted(
                generation.tasks(),
                generation.pool(),
                generation.experiment(),
                generation.queue(),
                generation.calendarEnd()));
    generation.listed().stream()
        .limit(1)
        .filter(task -> !task.stages().isEmpty())
        .forEach(task -> lines.add("stages of each: " + stages(task)));
    lines.addAll(table(generation).lines());
    int more = generation.tasks() - generation.listed().size();
    if (more > 0) {
      lines.add("and %d more: see --limit".formatted(more));
    }
    return lines;
  }

  private static String stages(Generated task) {
    return task.stages().stream()
        .map(stage -> "%s (queue %s)".formatted(stage.name(), stage.queue()))
        .collect(Collectors.joining(" -> "));
  }

  private static Table table(Generation generation) {
    Set<String> segments = new LinkedHashSet<>();
    for (Generated task : generation.listed()) {
      task.segments().keySet().forEach(name -> segments.add(String.valueOf(name)));
    }
    Table table = new Table().right("#");
    generation.key().forEach(place -> table.left(heading(place)));
    segments.forEach(table::left);
    table.left("id");
    for (Generated task : generation.listed()) {
      List<String> cells = new ArrayList<>(List.of(Long.toString(task.seq())));
      task.key().forEach(value -> cells.add(cell(value)));
      segments.forEach(name -> cells.add(days(task.segments().get(name))));
      cells.add(task.id().substring(0, Math.min(12, task.id().length())));
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  /** The place's last word, or the part's name where that word is {@code class}. */
  private static String heading(String place) {
    String[] words = place.split("\\.", -1);
    int last = words.length - 1;
    return words[last].equals("class") && last > 0 ? words[last - 1] : words[last];
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "-";
    }
    return value instanceof List<?> list && list.size() == 1
        ? cell(list.get(0))
        : String.valueOf(value);
  }

  private static String days(@Nullable Object segment) {
    return segment instanceof List<?> ends && ends.size() == 2
        ? day(ends.get(0)) + ".." + day(ends.get(1))
        : "-";
  }

  private static String day(@Nullable Object day) {
    return day == null ? "open" : day.toString();
  }
}
