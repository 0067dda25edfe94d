package io.windrow.cli.bench;

import io.windrow.quant.data.CsvImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;

/** The data of a benchmark. */
final class BenchData {

  private BenchData() {}

  /**
   * Measures a folder in Qlib's layout. A folder of CSV files is imported first, and the import
   * removed afterwards.
   */
  static <T> T with(Path data, Function<Path, T> measure) {
    if (!Files.isDirectory(data) || Files.isDirectory(data.resolve("calendars"))) {
      return measure.apply(data);
    }
    Path scratch = scratch();
    try {
      Path imported = scratch.resolve("data");
      new CsvImporter(CsvImporter.BAR_FIELDS, false, CsvImporter.Progress.NONE).run(data, imported);
      return measure.apply(imported);
    } finally {
      delete(scratch);
    }
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
