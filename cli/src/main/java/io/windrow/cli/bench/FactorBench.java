package io.windrow.cli.bench;

import io.windrow.quant.data.CsvImporter;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.factor.FactorSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs {@link FactorBenchmark} in a JVM of its own with 2 GiB of heap. */
public final class FactorBench {

  private FactorBench() {}

  /**
   * Measures one data folder.
   *
   * @param data a folder in Qlib's layout, or a folder of CSV files, which is imported first (not
   *     measured)
   * @param warmups iterations before the measured ones
   * @param iterations measured iterations
   * @param threads threads to compute with
   * @throws io.windrow.quant.data.DataException if the folder holds no usable data
   */
  public static FactorBenchResult run(Path data, int warmups, int iterations, int threads) {
    return imported(data, folder -> measure(folder, warmups, iterations, threads));
  }

  /**
   * Measures on a folder in Qlib's layout: the given one, or what a folder of CSV files is imported
   * to.
   */
  static <R> R imported(Path data, Function<Path, R> measuring) {
    if (!Files.isDirectory(data) || Files.isDirectory(data.resolve("calendars"))) {
      return measuring.apply(data);
    }
    Path scratch = scratch();
    try {
      Path imported = scratch.resolve("data");
      new CsvImporter(CsvImporter.BAR_FIELDS, false, CsvImporter.Progress.NONE).run(data, imported);
      return measuring.apply(imported);
    } finally {
      delete(scratch);
    }
  }

  private static FactorBenchResult measure(Path data, int warmups, int iterations, int threads) {
    DataStore.open(data).universe("all"); // bad data is reported from here, not from the other JVM
    JmhRun run =
        JmhRun.of(
            FactorBenchmark.class.getName() + ".alpha158",
            Map.of("data", data.toAbsolutePath(), "threads", threads),
            warmups,
            iterations);
    long rows = (long) run.greatest("rows");
    return new FactorBenchResult(
        run.mean(),
        run.best(),
        rows,
        FactorSet.alpha158().names().size(),
        rows / run.mean(),
        run.peakHeap(),
        run.iterations().size(),
        threads);
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("windrow-bench-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }
}
