package io.windrow.cli.experiment;

import io.windrow.cli.client.CollectorOption;
import io.windrow.cli.client.ExperimentClient;
import io.windrow.cli.client.RecorderView;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.cli.terminal.Table;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow recorder list|show|artifacts|get|delete}. */
@Command(
    name = "recorder",
    description = "Lists, shows and deletes recorders, and fetches their artifacts.",
    synopsisSubcommandLabel = "COMMAND")
public final class RecorderCommand {
  @Spec private CommandSpec spec;

  RecorderCommand() {}

  @Command(name = "list", description = "Lists the recorders of an experiment, newest first.")
  int list(
      @Mixin CollectorOption collector,
      @Parameters(paramLabel = "EXPERIMENT", description = "Its name.") String experiment,
      @Mixin RecorderFilter filter,
      @Mixin OutputOption output) {
    List<RecorderView> recorders =
        collector.experiments().recorders(experiment, filter.entries(), filter.limit());
    output.print(
        recorders,
        () ->
            recorders.isEmpty()
                ? List.of("no such recorders in experiment " + experiment)
                : table(recorders));
    return 0;
  }

  @Command(name = "show", description = "Shows a recorder with its values.")
  int show(
      @Mixin CollectorOption collector,
      @Parameters(paramLabel = "RECORDER", description = "Its id, or its name with --experiment.")
          String id,
      @Option(
              names = "--experiment",
              paramLabel = "NAME",
              description = "Where the latest recorder of that name is looked for.")
          @Nullable String experiment,
      @Mixin OutputOption output) {
    ExperimentClient client = collector.experiments();
    RecorderView recorder =
        experiment == null ? client.recorder(id) : client.recorder(experiment, id);
    output.print(recorder, () -> lines(recorder));
    return 0;
  }

  @Command(name = "artifacts", description = "Lists the artifacts of a recorder.")
  int artifacts(
      @Mixin CollectorOption collector,
      @Parameters(paramLabel = "RECORDER", description = "Its id.") String id,
      @Mixin OutputOption output) {
    List<RecorderView.Artifact> artifacts = collector.experiments().artifacts(id);
    Table table = new Table().left("artifact").right("bytes");
    artifacts.forEach(one -> table.row(one.path(), Figures.count(one.length())));
    output.print(artifacts, table::lines);
    return 0;
  }

  @Command(name = "get", description = "Writes an artifact to a file.")
  int get(
      @Mixin CollectorOption collector,
      @Parameters(paramLabel = "RECORDER", description = "Its id.") String id,
      @Parameters(paramLabel = "PATH", description = "For example sig_analysis/ic.arrow.")
          String path,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "The file; without it, the artifact's own name in this folder.")
          @Nullable Path out) {
    Path file = out == null ? Path.of(path.substring(path.lastIndexOf('/') + 1)) : out;
    long size;
    try {
      collector.experiments().artifact(id, path, file);
      size = Files.size(file);
    } catch (IOException e) {
      throw new UserError(
          "cannot write to " + file + ": name another file with --out (" + e.getMessage() + ")");
    }
    out().printf("%s bytes written to %s%n", Figures.count(size), file);
    out().flush();
    return 0;
  }

  @Command(
      name = "delete",
      description = {
        "Deletes a recorder with its metrics and artifacts.",
        "A collection that needs it is incomplete then."
      })
  int delete(
      @Mixin CollectorOption collector,
      @Parameters(paramLabel = "RECORDER", description = "Its id.") String id,
      @Option(names = "--force", description = "Also if it is running.") boolean force) {
    collector.experiments().deleteRecorder(id, force);
    out().println("deleted recorder " + id);
    out().flush();
    return 0;
  }

  private static List<String> table(List<RecorderView> recorders) {
    Table table =
        new Table()
            .left("recorder")
            .left("name")
            .left("status")
            .left("started")
            .right("IC")
            .right("Rank IC")
            .left("task");
    for (RecorderView one : recorders) {
      table.row(
          one.id(),
          one.name(),
          one.status(),
          one.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
          Figures.statistic(one.metrics().get("IC")),
          Figures.statistic(one.metrics().get("Rank IC")),
          one.task() == null ? "" : one.task());
    }
    return table.lines();
  }

  private static List<String> lines(RecorderView recorder) {
    List<String> lines = new ArrayList<>();
    lines.add("recorder    " + recorder.id());
    lines.add("name        " + recorder.name());
    lines.add("experiment  " + recorder.experiment());
    lines.add("task        " + (recorder.task() == null ? "none" : recorder.task()));
    lines.add("status      " + recorder.status());
    lines.add("started     " + recorder.startedAt());
    lines.add("ended       " + (recorder.endedAt() == null ? "" : recorder.endedAt()));
    lines.addAll(pairs("metric", recorder.metrics()));
    lines.addAll(pairs("param", recorder.params()));
    lines.addAll(pairs("tag", recorder.tags()));
    return lines.stream().map(String::stripTrailing).toList();
  }

  private static List<String> pairs(String kind, Map<String, ? extends @Nullable Object> values) {
    return new TreeMap<String, @Nullable Object>(values)
        .entrySet().stream()
            .map(
                entry ->
                    "%-11s %s = %s"
                        .formatted(
                            kind,
                            entry.getKey(),
                            entry.getValue() == null ? "-" : entry.getValue()))
            .toList();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
