package io.windrow.cli.importing;

import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Json;
import io.windrow.quant.calendar.Frequency;
import io.windrow.quant.data.CsvImportReport;
import io.windrow.quant.data.CsvUpdateReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow import-csv}: from CSV files to a Qlib data folder. */
@Command(
    name = "import-csv",
    description = {
      "Turns a folder of CSV files into a data folder in Qlib's layout, or brings them into one.",
      "One file for each instrument, named after it (AAPL.csv), with a header line: date, open,"
          + " high, low, close, volume; vwap, factor and others if you have them."
    })
public final class ImportCsvCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CSV_DIR", description = "The folder of CSV files.")
  private Path csv;

  @Parameters(index = "1", paramLabel = "DATA_DIR", description = "The data folder.")
  private Path data;

  @ArgGroup private @Nullable Mode mode;

  @Mixin private FormatOptions format;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** What to do with a data folder that is there. */
  static final class Mode {
    @Option(names = "--replace", description = "Replace a data folder that is there already.")
    private boolean replace;

    @Option(
        names = "--update",
        description = {
          "Append the rows that are newer than each instrument's last day; the calendar grows, new"
              + " instruments join, days without a row are empty. Rows that are not newer are left"
              + " out and reported. Tasks may read the folder meanwhile."
        })
    private boolean update;

    @Option(
        names = "--fix",
        description = {
          "Add the instruments that the folder lacks, over its calendar. A day that the calendar"
              + " does not have is an error."
        })
    private boolean fix;

    Mode() {}
  }

  ImportCsvCommand() {}

  @Override
  public Integer call() {
    CsvFolder folder = new CsvFolder(csv, format.format(), spec.commandLine().getErr());
    Mode chosen = mode == null ? new Mode() : mode;
    if (chosen.update || chosen.fix) {
      CsvUpdateReport report = chosen.update ? folder.update(data) : folder.fix(data);
      print(report, text(report));
    } else {
      CsvImportReport report = folder.importTo(data, chosen.replace);
      print(report, text(report));
    }
    return 0;
  }

  private void print(Object report, String text) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(out, report);
    } else {
      out.println(data + ": " + text);
    }
    out.flush();
  }

  private String text(CsvImportReport report) {
    return "%s rows of %d instruments, %s from %s to %s, fields %s"
        .formatted(
            Figures.count(report.rows()),
            report.symbols(),
            bars(report.bars()),
            report.first(),
            report.last(),
            String.join(", ", report.fields()));
  }

  private String text(CsvUpdateReport report) {
    return "%s new rows: %d instruments extended, %d added, %d left as they were; %s new, now %s from %s to %s"
        .formatted(
            Figures.count(report.rows()),
            report.extended(),
            report.added(),
            report.untouched(),
            bars(report.newBars()),
            bars(report.bars()),
            report.first(),
            report.last());
  }

  private String bars(int count) {
    Frequency frequency = format.frequency();
    return count + (frequency.equals(Frequency.DAILY) ? " days" : " bars of " + frequency);
  }
}
