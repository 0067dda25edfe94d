package io.windrow.cli.bench;

import static io.windrow.cli.bench.BenchOutput.line;

import io.windrow.cli.bench.JobBenchResult.Side;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.UserError;
import io.windrow.coordinator.workflow.WorkflowException;
import io.windrow.quant.data.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code windrow bench job}. */
@Command(
    name = "job",
    description = {
      "Runs a rolling job (Alpha158, LightGBM, test windows of 60 days from 2017 to July 2020, trained"
          + " on the seven years and validated on the two years before) twice, one window at a time:",
      "with features that all windows share, as in a worker, and with features that each window"
          + " computes from the handler's first day to its own last, as Qlib does.",
      "Prints seconds of data (features and processing), training and the rest."
    })
public final class JobCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Daily bars from 2008 to July 2020, in Qlib's layout or as CSV files.")
  private Path data = Path.of("");

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Boosting rounds of a window at most, to be done sooner (default: the job's 1000).")
  private int rounds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads of the engine (default: one for each core).")
  private int threads;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  JobCommand() {}

  @Override
  public Integer call() {
    int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    JobBenchResult result;
    try (Progress progress = Progress.of("bench", spec.commandLine().getErr())) {
      result = JobBench.run(data, Math.max(0, rounds), used, progress);
    } catch (DataException e) {
      throw new UserError(String.valueOf(e.getMessage()).lines().toList());
    } catch (WorkflowException e) {
      throw new UserError(
          e.problems().stream()
              .map(problem -> "the data does not fit the job: " + problem.message())
              .toList());
    }
    BenchOutput.print(spec.commandLine().getOut(), json, result, lines(result));
    return 0;
  }

  private static String lines(JobBenchResult result) {
    return String.join(
        System.lineSeparator(),
        List.of(
            line(
                "job: %d windows, at most %d rounds, %d threads",
                result.windows(), result.rounds(), result.threads()),
            line("%-20s %9s %9s %9s %9s", "seconds", "data", "train", "rest", "total"),
            side("features shared", result.shared()),
            side("features per window", result.perWindow()),
            line(
                "data %.1f times as fast, the whole job %.2f times",
                result.dataRatio(), result.wholeRatio()),
            line(
                "data of the first shared window: computed %.2f s, from files %.2f s",
                result.firstWindow(), result.fromFiles())));
  }

  private static String side(String name, Side side) {
    return line(
        "%-20s %9.2f %9.2f %9.2f %9.2f",
        name, side.data(), side.train(), side.rest(), side.total());
  }
}
