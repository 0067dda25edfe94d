package io.windrow.cli.importing;

import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.UserError;
import io.windrow.quant.data.CsvImportReport;
import io.windrow.quant.data.CsvImporter;
import io.windrow.quant.data.DataException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of CSV files, one for each instrument. */
public final class CsvFolder {
  private static final int DROPPED_SHOWN = 5;

  private CsvFolder() {}

  /**
   * Turns it into a Qlib data folder; the user sees the progress and what was dropped.
   *
   * @param replace whether a data folder that is there may be replaced
   */
  public static CsvImportReport importTo(Path csv, Path target, boolean replace, PrintWriter err) {
    if (Files.isRegularFile(csv)) {
      throw new UserError(csv + " is a file: name the folder that holds the CSV files");
    }
    CsvImportReport report;
    try (Progress progress = Progress.of("import", err)) {
      CsvImporter.Progress steps =
          (done, total) -> {
            // Without a bar: a line for each tenth will do.
            if (done * 10 / total != (done - 1) * 10 / total) {
              progress.show(done, total, "steps: each file is read, then written");
            }
          };
      report = new CsvImporter(CsvImporter.BAR_FIELDS, replace, steps).run(csv, target);
    } catch (DataException e) {
      throw new UserError(String.valueOf(e.getMessage()).lines().toList());
    }
    report.dropped().stream().limit(DROPPED_SHOWN).forEach(row -> err.println("windrow: " + row));
    if (report.dropped().size() > DROPPED_SHOWN) {
      err.println("windrow: " + report.dropped().size() + " rows dropped in all");
    }
    err.flush();
    return report;
  }
}
