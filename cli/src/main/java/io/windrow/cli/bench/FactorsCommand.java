package io.windrow.cli.bench;

import static io.windrow.cli.bench.BenchOutput.line;

import io.windrow.cli.terminal.UserError;
import io.windrow.quant.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code windrow bench factors}. */
@Command(
    name = "factors",
    description = {
      "Computes a factor set over all instruments of a data folder, in JVMs of their own with 2 GiB"
          + " of heap (JMH underneath).",
      "An iteration opens the folder, reads the files and computes all values; nothing is kept for"
          + " the next. The files are in the system's cache.",
      "Prints seconds, rows per second and the peak of the heap; the first iteration of a fresh JVM"
          + " apart."
    })
public final class FactorsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A folder in Qlib's layout, or of CSV files.")
  private Path data = Path.of("");

  @Option(
      names = "--factors",
      paramLabel = "SET",
      defaultValue = "alpha158",
      description = "alpha158 or alpha360 (default: ${DEFAULT-VALUE}).")
  private FactorChoice factors = FactorChoice.ALPHA158;

  @Option(
      names = "--scaling",
      description = "Measure every combination of --instruments and --days instead.")
  private boolean scaling;

  @Option(
      names = "--instruments",
      paramLabel = "N",
      split = ",",
      defaultValue = "25,50,100",
      description = "With --scaling: so many of the data's (default: ${DEFAULT-VALUE}).")
  private List<Integer> instruments = List.of();

  @Option(
      names = "--days",
      paramLabel = "N",
      split = ",",
      defaultValue = "900,1800,3600",
      description = "With --scaling: the last so many of the data's (default: ${DEFAULT-VALUE}).")
  private List<Integer> days = List.of();

  @Option(
      names = "--warmups",
      paramLabel = "N",
      defaultValue = "3",
      description = "Iterations before the measured ones (default: ${DEFAULT-VALUE}).")
  private int warmups;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured iterations (default: ${DEFAULT-VALUE}).")
  private int iterations;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads to compute with (default: one for each core).")
  private int threads;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  FactorsCommand() {}

  @Override
  public Integer call() {
    FactorBench bench =
        new FactorBench(
            factors,
            Math.max(0, warmups),
            Math.max(1, iterations),
            threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    try {
      if (scaling) {
        FactorScaling result = bench.scaling(data, instruments, days);
        BenchOutput.print(spec.commandLine().getOut(), json, result, lines(result));
      } else {
        FactorBenchResult result = bench.run(data);
        BenchOutput.print(spec.commandLine().getOut(), json, result, lines(result));
      }
    } catch (DataException e) {
      throw new UserError(String.valueOf(e.getMessage()).lines().toList());
    }
    return 0;
  }

  private static String lines(FactorBenchResult result) {
    return line(
        "%s: %,d rows x %d factors in %.2f s (best %.2f s; first of a fresh JVM %.2f s), %,.0f rows/s,"
            + " peak heap %,d MiB; %d iterations, %d threads",
        result.factors(),
        result.rows(),
        result.columns(),
        result.secondsMean(),
        result.secondsBest(),
        result.secondsFirst(),
        result.rowsPerSecond(),
        result.peakHeapBytes() >> 20,
        result.iterations(),
        result.threads());
  }

  private static String lines(FactorScaling result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "%s, %d factors, mean of %d iterations, %d threads",
            result.factors(), result.columns(), result.iterations(), result.threads()));
    lines.add(
        line("%12s %6s %9s %9s %14s", "instruments", "days", "rows", "seconds", "s/mio. values"));
    for (FactorScaling.Point point : result.points()) {
      lines.add(
          line(
              "%12d %6d %,9d %9.3f %14.4f",
              point.instruments(),
              point.days(),
              point.rows(),
              point.seconds(),
              point.secondsPerMillion()));
    }
    return String.join(System.lineSeparator(), lines);
  }
}
