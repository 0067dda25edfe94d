package io.windrow.cli.importing;

import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.UserError;
import io.windrow.quant.data.CsvFormat;
import io.windrow.quant.data.CsvImportReport;
import io.windrow.quant.data.CsvImporter;
import io.windrow.quant.data.CsvProblem;
import io.windrow.quant.data.CsvUpdateReport;
import io.windrow.quant.data.DataException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A folder of CSV files, one for each instrument.
 *
 * @param csv the folder
 * @param format what the files look like
 * @param err where the user sees the progress and what was left out
 */
public record CsvFolder(Path csv, CsvFormat format, PrintWriter err) {
  private static final int NOTES_SHOWN = 5;

  public CsvFolder {
    if (Files.isRegularFile(csv)) {
      throw new UserError(csv + " is a file: name the folder that holds the CSV files");
    }
  }

  /**
   * Turns it into a Qlib data folder.
   *
   * @param replace whether a data folder that is there may be replaced
   */
  public CsvImportReport importTo(Path target, boolean replace) {
    CsvImportReport report = run(replace, importer -> importer.run(csv, target));
    show(report.dropped(), "rows dropped in all");
    return report;
  }

  /** Appends newer rows to a data folder. */
  public CsvUpdateReport update(Path target) {
    return noted(run(false, importer -> importer.update(csv, target)));
  }

  /** Adds instruments that a data folder lacks. */
  public CsvUpdateReport fix(Path target) {
    return noted(run(false, importer -> importer.fix(csv, target)));
  }

  private CsvUpdateReport noted(CsvUpdateReport report) {
    show(report.notes(), "such notes in all");
    return report;
  }

  private <T> T run(boolean replace, Function<CsvImporter, T> work) {
    try (Progress progress = Progress.of("import", err)) {
      CsvImporter.Progress steps =
          (done, total) -> {
            // Without a bar: a line for each tenth will do.
            if (done * 10 / total != (done - 1) * 10 / total) {
              progress.show(done, total, "steps: each file is read, then written");
            }
          };
      return work.apply(new CsvImporter(format, replace, steps));
    } catch (DataException e) {
      throw new UserError(String.valueOf(e.getMessage()).lines().toList());
    }
  }

  private void show(List<CsvProblem> notes, String inAll) {
    notes.stream().limit(NOTES_SHOWN).forEach(note -> err.println("windrow: " + note));
    if (notes.size() > NOTES_SHOWN) {
      err.println("windrow: " + notes.size() + " " + inAll + "; --json prints each");
    }
    err.flush();
  }
}
