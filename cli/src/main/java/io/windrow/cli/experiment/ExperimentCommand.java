package io.windrow.cli.experiment;

import io.windrow.cli.client.CollectorOption;
import io.windrow.cli.client.ExperimentView;
import io.windrow.cli.terminal.Json;
import io.windrow.cli.terminal.Table;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow experiment list|show|delete}. */
@Command(
    name = "experiment",
    description = "Lists, shows and deletes experiments.",
    synopsisSubcommandLabel = "COMMAND")
public final class ExperimentCommand {
  @Spec private CommandSpec spec;

  ExperimentCommand() {}

  @Command(name = "list", description = "Lists the experiments with the number of recorders.")
  int list(
      @Mixin CollectorOption collector,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    List<ExperimentView> experiments = collector.experiments().experiments();
    if (json) {
      Json.print(out(), experiments);
    } else if (experiments.isEmpty()) {
      out().println("no experiments yet: 'windrow submit FILE' makes the first");
    } else {
      print(experiments);
    }
    out().flush();
    return 0;
  }

  @Command(name = "show", description = "Shows one experiment.")
  int show(
      @Mixin CollectorOption collector,
      @Parameters(paramLabel = "EXPERIMENT", description = "Its name.") String name,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    ExperimentView experiment = collector.experiments().experiment(name);
    if (json) {
      Json.print(out(), experiment);
    } else {
      print(List.of(experiment));
    }
    out().flush();
    return 0;
  }

  @Command(
      name = "delete",
      description = {
        "Deletes an experiment with its recorders, metrics and artifacts.",
        "Collections that need them are incomplete then."
      })
  int delete(
      @Mixin CollectorOption collector,
      @Parameters(paramLabel = "EXPERIMENT", description = "Its name.") String name,
      @Option(names = "--force", description = "Also if recorders are running.") boolean force) {
    collector.experiments().deleteExperiment(name, force);
    out().println("deleted experiment " + name);
    out().flush();
    return 0;
  }

  private void print(List<ExperimentView> experiments) {
    Table table =
        new Table().left("experiment").right("recorders").left("statuses").left("latest start");
    for (ExperimentView one : experiments) {
      table.row(
          one.name(),
          String.valueOf(one.recorders()),
          new TreeMap<>(one.statuses())
              .entrySet().stream()
                  .map(entry -> entry.getValue() + " " + entry.getKey())
                  .collect(Collectors.joining(", ")),
          one.latest() == null ? "" : one.latest().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    table.lines().forEach(out()::println);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
