package io.windrow.cli.collection;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.ServicesOption;
import io.windrow.cli.client.ShortIds;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.cli.terminal.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code windrow collect}: fetches the prediction series. */
@Command(
    name = "collect",
    description = {
      "Shows the out-of-sample prediction series of a submission, with --out writes them to a"
          + " folder.",
      "The files are pred.arrow, label.arrow, ic.arrow, quantile_returns.arrow, pred.csv,"
          + " collection.json and report.html, and of a back-test report_normal_1day.arrow,"
          + " positions_normal_1day.arrow and port_analysis.json; files of these names are replaced.",
      "The series is back-tested if the workflow's records have a PortAnaRecord and the collector"
          + " knows the market data.",
      "Writes nothing while windows are missing, unless --partial is given."
    })
public final class CollectCommand implements Callable<Integer> {
  private static final String NOTICE =
      "The figures describe the data they were computed on, after the fact; only a back-test counts"
          + " costs. A list of stocks that was drawn up later than the first test day (survivorship)"
          + " makes them look better than they would have been.";

  private static final int MOST_GAPS = 20;

  @Mixin private ServicesOption services;

  @Parameters(paramLabel = "SUBMISSION", description = "Its id, as 'submit' printed it.")
  private String submission;

  @Option(names = "--out", paramLabel = "DIR", description = "The folder.")
  private @Nullable Path out;

  @Option(
      names = "--ensemble",
      paramLabel = "STEPS",
      description =
          "How windows are put together, instead of windrow.collect of the workflow: rolling,"
              + " average, single or rolling,average; an empty text leaves them by themselves.")
  private @Nullable String ensemble;

  @Option(
      names = "--key",
      paramLabel = "PATHS",
      description =
          "What tells series apart: paths of the task definition between commas, such as"
              + " model.class.")
  private @Nullable String key;

  @Option(names = "--partial", description = "Also if windows are missing.")
  private boolean partial;

  @Mixin private OutputOption output;

  CollectCommand() {}

  @Override
  public Integer call() {
    CollectorClient client = services.collector().choosing(choice());
    Collection collection =
        out == null
            ? Completeness.await(client, submission(), partial)
            : new CollectionFiles(client, ResultFolder.prepare(out))
                .write(submission(), partial, NOTICE, List.of());
    output.print(collection, () -> lines(collection));
    return 0;
  }

  private List<String> lines(Collection collection) {
    List<String> lines = new ArrayList<>(statistics(collection).lines());
    lines.addAll(RiskFigures.lines(collection));
    lines.addAll(gaps(collection));
    lines.add(
        "%d of %d windows%s"
            .formatted(
                collection.collected(),
                collection.expected(),
                out == null ? "" : " written to " + out));
    return lines;
  }

  /** A short id is the coordinator's to complete; a whole one needs nobody but the collector. */
  private String submission() {
    return ShortIds.whole(submission)
        ? submission
        : services.coordinator().submissionId(submission);
  }

  private Map<String, String> choice() {
    Map<String, String> choice = new LinkedHashMap<>();
    if (ensemble != null) {
      choice.put("ensemble", ensemble);
    }
    if (key != null) {
      choice.put("key", key);
    }
    return choice;
  }

  private static List<String> gaps(Collection collection) {
    List<String> gaps = new ArrayList<>();
    for (Collection.Missing missing : collection.missing()) {
      gaps.add("missing: task %s, %s".formatted(missing.task(), missing.state()));
    }
    for (Collection.Failed failed : collection.failed()) {
      gaps.add("failed: task %s, %s".formatted(failed.task(), failed.message()));
    }
    return gaps.size() <= MOST_GAPS
        ? gaps
        : Stream.concat(
                gaps.stream().limit(MOST_GAPS),
                Stream.of("and %d more".formatted(gaps.size() - MOST_GAPS)))
            .toList();
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
