package io.windrow.cli;

import static io.windrow.cli.bench.BenchOutput.line;

import io.windrow.cli.bench.ApiCommand;
import io.windrow.cli.bench.BacktestBench;
import io.windrow.cli.bench.BacktestBenchResult;
import io.windrow.cli.bench.BenchOutput;
import io.windrow.cli.bench.DispatchCommand;
import io.windrow.cli.bench.FactorsCommand;
import io.windrow.cli.bench.GenerationBench;
import io.windrow.cli.bench.GenerationBenchResult;
import io.windrow.cli.bench.JobCommand;
import io.windrow.cli.bench.LimitsCommand;
import io.windrow.cli.bench.ModelBench;
import io.windrow.cli.bench.ModelBenchResult;
import io.windrow.cli.bench.PoolBench;
import io.windrow.cli.bench.PoolBenchResult;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.UserError;
import io.windrow.quant.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windrow bench}: how fast this machine is. */
@Command(
    name = "bench",
    description = "Measures how fast this machine computes.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ApiCommand.class,
      DispatchCommand.class,
      FactorsCommand.class,
      JobCommand.class,
      LimitsCommand.class
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  BenchCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing: what to measure (api, backtest, dispatch, factors, generate, job, limits, model, pool)");
  }

  @Command(
      name = "backtest",
      description = {
        "Back-tests scores drawn by lot on a data folder, top 20 and drop 3 with costs, in a JVM of"
            + " its own with 1 GiB of heap (JMH underneath). Bars are read anew by each iteration.",
        "Prints milliseconds and the peak of the heap."
      })
  Integer backtest(
      @Option(
              names = "--data",
              paramLabel = "DIR",
              required = true,
              description = "A folder in Qlib's layout, or of CSV files.")
          Path data,
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "900",
              description = "Days to trade, the last of the folder (default: ${DEFAULT-VALUE}).")
          int days,
      @Option(
              names = "--stocks",
              paramLabel = "N",
              defaultValue = "100",
              description = "Stocks, the first by symbol (default: ${DEFAULT-VALUE}).")
          int stocks,
      @Option(
              names = "--warmups",
              paramLabel = "N",
              defaultValue = "20",
              description = "Iterations before the measured ones (default: ${DEFAULT-VALUE}).")
          int warmups,
      @Option(
              names = "--iterations",
              paramLabel = "N",
              defaultValue = "20",
              description = "Measured iterations (default: ${DEFAULT-VALUE}).")
          int iterations,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    BacktestBenchResult result;
    try {
      result =
          BacktestBench.run(
              data,
              Math.max(1, days),
              Math.max(1, stocks),
              Math.max(0, warmups),
              Math.max(1, iterations));
    } catch (DataException e) {
      throw new UserError(String.valueOf(e.getMessage()).lines().toList());
    }
    return print(
        json,
        result,
        line(
            "backtest: %,d days x %,d stocks, %,d orders in %.1f ms (best %.1f ms), peak heap %,d"
                + " MiB; %d iterations",
            result.days(),
            result.stocks(),
            result.orders(),
            result.secondsMean() * 1000,
            result.secondsBest() * 1000,
            result.peakHeapBytes() >> 20,
            result.iterations()));
  }

  @Command(
      name = "generate",
      description = {
        "Makes the windows of many templates, in a JVM of its own with 256 MiB of heap (JMH"
            + " underneath).",
        "Prints seconds, tasks per second and the peak of the heap."
      })
  Integer generate(
      @Option(
              names = "--templates",
              paramLabel = "N",
              defaultValue = "1000",
              description = "How many templates (default: ${DEFAULT-VALUE}).")
          int templates,
      @Option(
              names = "--windows",
              paramLabel = "N",
              defaultValue = "1000",
              description = "How many windows of each (default: ${DEFAULT-VALUE}).")
          int windows,
      @Option(
              names = "--warmups",
              paramLabel = "N",
              defaultValue = "1",
              description = "Iterations before the measured ones (default: ${DEFAULT-VALUE}).")
          int warmups,
      @Option(
              names = "--iterations",
              paramLabel = "N",
              defaultValue = "3",
              description = "Measured iterations (default: ${DEFAULT-VALUE}).")
          int iterations,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    GenerationBenchResult result =
        GenerationBench.run(
            Math.max(1, templates),
            Math.max(1, windows),
            Math.max(0, warmups),
            Math.max(1, iterations));
    return print(
        json,
        result,
        line(
            "generate: %,d tasks of %,d templates in %.2f s (best %.2f s), %,.0f tasks/s, peak heap"
                + " %,d MiB of 256; %d iterations",
            result.tasks(),
            result.templates(),
            result.secondsMean(),
            result.secondsBest(),
            result.tasksPerSecond(),
            result.peakHeapBytes() >> 20,
            result.iterations()));
  }

  @Command(
      name = "pool",
      description = {
        "Submits a workflow of many tasks to an embedded store in memory, over its socket, and asks"
            + " it what people ask of a pool.",
        "Prints seconds of the submission, milliseconds of the queries and the peak of the heap."
      })
  Integer pool(
      @Option(
              names = "--tasks",
              paramLabel = "N",
              defaultValue = "100000",
              description = "Tasks in the pool (default: ${DEFAULT-VALUE}).")
          int tasks,
      @Option(
              names = "--iterations",
              paramLabel = "N",
              defaultValue = "3",
              description =
                  "Measured submissions, and a tenth of the queries (default: ${DEFAULT-VALUE}).")
          int iterations,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    PoolBenchResult result;
    try (Progress progress = Progress.of("bench", spec.commandLine().getErr())) {
      result = PoolBench.run(Math.max(1, tasks), Math.max(1, iterations), progress);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "pool: %,d tasks submitted in %.1f s (best %.1f s), %,.0f tasks/s, peak heap %,d MiB; %d"
                + " submissions",
            result.tasks(),
            result.submission().secondsMean(),
            result.submission().secondsBest(),
            result.tasksPerSecond(),
            result.peakHeapBytes() >> 20,
            result.submission().runs()));
    result
        .queries()
        .forEach(
            (name, timing) ->
                lines.add(
                    line(
                        "%-22s %8.1f ms (best %.1f ms); %d runs",
                        name,
                        timing.secondsMean() * 1000,
                        timing.secondsBest() * 1000,
                        timing.runs())));
    return print(json, result, String.join(System.lineSeparator(), lines));
  }

  @Command(
      name = "model",
      description = {
        "Trains, predicts and records a task of Qlib's benchmark on Alpha158 whose features are"
            + " cached, in a JVM of its own with 3 GiB of heap (JMH underneath).",
        "Prints the seconds of handing over the train segment and of the whole task, and how much of"
            + " it was inside the library that trains."
      })
  Integer model(
      @Option(
              names = "--data",
              paramLabel = "DIR",
              required = true,
              description = "A folder in Qlib's layout, or of CSV files.")
          Path data,
      @Option(
              names = "--model",
              paramLabel = "CLASS",
              defaultValue = "LGBModel",
              description = "LGBModel or XGBModel (default: ${DEFAULT-VALUE}).")
          String model,
      @Option(
              names = "--warmups",
              paramLabel = "N",
              defaultValue = "1",
              description = "Iterations before the measured ones (default: ${DEFAULT-VALUE}).")
          int warmups,
      @Option(
              names = "--iterations",
              paramLabel = "N",
              defaultValue = "3",
              description = "Measured iterations (default: ${DEFAULT-VALUE}).")
          int iterations,
      @Option(
              names = "--threads",
              paramLabel = "N",
              defaultValue = "0",
              description = "Threads of the task (default: one for each core).")
          int threads,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    if (!ModelBench.models().contains(model)) {
      throw new UserError(
          List.of("no model " + model + " to measure: there are " + ModelBench.models()));
    }
    int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    ModelBenchResult result;
    try {
      result = ModelBench.run(data, model, Math.max(0, warmups), Math.max(1, iterations), used);
    } catch (DataException e) {
      throw new UserError(String.valueOf(e.getMessage()).lines().toList());
    }
    return print(
        json,
        result,
        String.join(
            System.lineSeparator(),
            line(
                "hand-over: %,d rows x %d columns in %.3f s, besides the %.3f s in which the library"
                    + " takes them in",
                result.rows(), result.columns(), result.handOverSeconds(), result.binningSeconds()),
            line(
                "task: %s in %.2f s (best %.2f s), %.1f %% of it inside the library; at most %d"
                    + " rounds, %d iterations, %d threads",
                result.model(),
                result.taskSecondsMean(),
                result.taskSecondsBest(),
                result.inside() * 100,
                result.rounds(),
                result.iterations(),
                result.threads()),
            line(
                "features %.3f s, train %.3f s, predict %.3f s, record %.3f s",
                result.phases().get("features"),
                result.phases().get("train"),
                result.phases().get("predict"),
                result.phases().get("record"))));
  }

  private Integer print(boolean json, Object result, String lines) {
    BenchOutput.print(spec.commandLine().getOut(), json, result, lines);
    return 0;
  }
}
