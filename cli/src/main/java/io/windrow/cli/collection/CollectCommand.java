package io.windrow.cli.collection;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorOption;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Json;
import io.windrow.cli.terminal.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow collect}: fetches the prediction series. */
@Command(
    name = "collect",
    description = {
      "Writes the out-of-sample prediction series of a submission to a folder.",
      "The files are pred.arrow, label.arrow, pred.csv, collection.json and report.html; files of"
          + " these names are replaced.",
      "Fails while windows are missing, unless --partial is given."
    })
public final class CollectCommand implements Callable<Integer> {
  private static final String NOTICE =
      "The figures describe the data they were computed on, after the fact and before costs. A list"
          + " of stocks that was drawn up later than the first test day (survivorship) makes them"
          + " look better than they would have been.";

  @Spec private CommandSpec spec;
  @Mixin private CollectorOption collector;

  @Parameters(paramLabel = "SUBMISSION", description = "Its id, as 'submit' printed it.")
  private String submission;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder.")
  private Path out;

  @Option(names = "--partial", description = "Also if windows are missing.")
  private boolean partial;

  @Option(names = "--json", description = "Print the collection as JSON.")
  private boolean json;

  CollectCommand() {}

  @Override
  public Integer call() {
    Path folder = ResultFolder.prepare(out);
    Collection collection =
        new CollectionFiles(collector.client(), folder)
            .write(submission, partial, NOTICE, List.of());
    PrintWriter writer = spec.commandLine().getOut();
    if (json) {
      Json.print(writer, collection);
    } else {
      statistics(collection).lines().forEach(writer::println);
      writer.printf(
          "%d of %d windows written to %s%n", collection.collected(), collection.expected(), out);
    }
    writer.flush();
    return 0;
  }

  /** The statistics of each group. */
  static Table statistics(Collection collection) {
    Table table =
        new Table()
            .left("group")
            .right("windows")
            .right("days")
            .right("predictions")
            .right("IC")
            .right("ICIR")
            .right("Rank IC")
            .right("Rank ICIR");
    for (Collection.Group group : collection.groups()) {
      table.row(
          group.name(),
          String.valueOf(group.windows().size()),
          Figures.count(group.days()),
          Figures.count(group.rows()),
          Figures.statistic(group.statistics().get("IC")),
          Figures.statistic(group.statistics().get("ICIR")),
          Figures.statistic(group.statistics().get("Rank IC")),
          Figures.statistic(group.statistics().get("Rank ICIR")));
    }
    return table;
  }
}
