package io.windrow.cli.bench;

import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.quant.data.CsvImporter;
import io.windrow.quant.data.DataStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A data folder to measure on; one of CSV files is imported to a temporary one. */
final class BenchData implements AutoCloseable {
  private final @Nullable TemporaryFolder scratch;
  private final Path folder;

  private BenchData(@Nullable TemporaryFolder scratch, Path folder) {
    this.scratch = scratch;
    this.folder = folder;
  }

  /**
   * Opens a folder in Qlib's layout, or of CSV files.
   *
   * @throws io.windrow.quant.data.DataException if it holds no usable data
   */
  static BenchData open(Path data) {
    if (!Files.isDirectory(data) || Files.isDirectory(data.resolve("calendars"))) {
      return checked(new BenchData(null, data.toAbsolutePath()));
    }
    TemporaryFolder scratch = TemporaryFolder.create("windrow-bench").alsoAtEnd();
    try {
      Path imported = scratch.path().resolve("data");
      new CsvImporter(CsvImporter.BAR_FIELDS, false, CsvImporter.Progress.NONE).run(data, imported);
      return checked(new BenchData(scratch, imported));
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  private static BenchData checked(BenchData data) {
    data.store().universe("all");
    return data;
  }

  Path folder() {
    return folder;
  }

  DataStore store() {
    return DataStore.open(folder);
  }

  @Override
  public void close() {
    if (scratch != null) {
      scratch.close();
    }
  }
}
