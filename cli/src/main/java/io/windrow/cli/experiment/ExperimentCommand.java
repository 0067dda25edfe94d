package io.windrow.cli.experiment;

import io.windrow.cli.client.CollectorOption;
import io.windrow.cli.client.ExperimentView;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.cli.terminal.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow experiment list|show|export|delete}. */
@Command(
    name = "experiment",
    description = "Lists, shows, exports and deletes experiments.",
    synopsisSubcommandLabel = "COMMAND")
public final class ExperimentCommand {
  @Spec private CommandSpec spec;

  ExperimentCommand() {}

  @Command(name = "list", description = "Lists the experiments with the number of recorders.")
  int list(@Mixin CollectorOption collector, @Mixin OutputOption output) {
    List<ExperimentView> experiments = collector.experiments().experiments();
    output.print(
        experiments,
        () ->
            experiments.isEmpty()
                ? List.of("no experiments yet: 'windrow submit FILE' makes the first")
                : table(experiments));
    return 0;
  }

  @Command(name = "show", description = "Shows one experiment.")
  int show(
      @Mixin CollectorOption collector,
      @Parameters(paramLabel = "EXPERIMENT", description = "Its name.") String name,
      @Mixin OutputOption output) {
    ExperimentView experiment = collector.experiments().experiment(name);
    output.print(experiment, () -> table(List.of(experiment)));
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

  @Command(
      name = "export",
      description = {
        "Copies an experiment into a folder that MLflow's file store reads:",
        "MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri DIR",
        "To move the folder, export again: MLflow keeps absolute addresses of artifacts."
      })
  int export(
      @Mixin CollectorOption collector,
      @Parameters(paramLabel = "EXPERIMENT", description = "Its name.") String name,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR",
              description = "MLflow's folder, made if need be; other experiments may be in it.")
          Path dir,
      @Mixin OutputOption output) {
    MlflowExport.Exported exported = new MlflowExport(collector.experiments()).export(name, dir);
    output.print(
        exported,
        () ->
            List.of(
                String.format(
                    Locale.ROOT,
                    "exported %s: %,d runs, %,d artifacts, %,d bytes in %s",
                    name,
                    exported.runs(),
                    exported.artifacts(),
                    exported.bytes(),
                    exported.folder())));
    return 0;
  }

  private static List<String> table(List<ExperimentView> experiments) {
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
    return table.lines();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
