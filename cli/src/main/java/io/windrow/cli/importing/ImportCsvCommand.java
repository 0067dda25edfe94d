package io.windrow.cli.importing;

import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Json;
import io.windrow.quant.data.CsvImportReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow import-csv}: from CSV files to a Qlib data folder. */
@Command(
    name = "import-csv",
    description = {
      "Turns a folder of CSV files into a data folder in Qlib's layout.",
      "One file for each instrument, named after it (AAPL.csv), with a header line: date, open,"
          + " high, low, close, volume; vwap, factor and others if you have them."
    })
public final class ImportCsvCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CSV_DIR", description = "The folder of CSV files.")
  private Path csv;

  @Parameters(index = "1", paramLabel = "DATA_DIR", description = "The data folder to make.")
  private Path data;

  @Option(names = "--replace", description = "Replace a data folder that is there already.")
  private boolean replace;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ImportCsvCommand() {}

  @Override
  public Integer call() {
    CsvImportReport report = CsvFolder.importTo(csv, data, replace, spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(out, report);
    } else {
      out.printf(
          "%s: %s rows of %d instruments, %d days from %s to %s, fields %s%n",
          data,
          Figures.count(report.rows()),
          report.symbols(),
          report.days(),
          report.first(),
          report.last(),
          String.join(", ", report.fields()));
    }
    out.flush();
    return 0;
  }
}
