package io.windrow.cli;

import static io.windrow.cli.bench.BenchOutput.line;

import io.windrow.cli.bench.BenchOutput;
import io.windrow.cli.bench.FactorsCommand;
import io.windrow.cli.bench.GenerationBench;
import io.windrow.cli.bench.GenerationBenchResult;
import io.windrow.cli.bench.JobCommand;
import io.windrow.cli.bench.PoolBench;
import io.windrow.cli.bench.PoolBenchResult;
import io.windrow.cli.terminal.Progress;
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
    subcommands = {FactorsCommand.class, JobCommand.class})
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  BenchCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing: what to measure (factors, job, generate, pool)");
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

  private Integer print(boolean json, Object result, String lines) {
    BenchOutput.print(spec.commandLine().getOut(), json, result, lines);
    return 0;
  }
}
