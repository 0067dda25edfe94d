package io.windrow.cli.checking;

import io.windrow.cli.importing.FormatOptions;
import io.windrow.cli.report.DataReport;
import io.windrow.cli.report.DataReportPage;
import io.windrow.cli.terminal.Json;
import io.windrow.cli.terminal.UserError;
import io.windrow.quant.data.health.HealthLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow check-data}: finds what is wrong with market data. */
@Command(
    name = "check-data",
    description = {
      "Looks for what is wrong with market data: files that are broken, missing or do not fit the"
          + " calendar, gaps, jumps, prices that cannot be.",
      "DIR is a data folder in Qlib's layout, or a folder of CSV files as import-csv takes them."
    },
    exitCodeList = {
      "0:nothing found, or warnings only",
      "1:there are errors, or the data cannot be read",
      "2:wrong usage: an option or argument"
    })
public final class CheckDataCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "The data folder, or CSV files.")
  private Path folder;

  @Mixin private FormatOptions format;

  @Option(
      names = "--price-jump",
      paramLabel = "X",
      description = "Report prices that change by more than this part (default: 0.5).")
  private double priceJump = HealthLimits.DEFAULT.priceJump();

  @Option(
      names = "--volume-jump",
      paramLabel = "X",
      description = "Report volumes of more than X times the bar before (default: 20).")
  private double volumeJump = HealthLimits.DEFAULT.volumeJump();

  @Option(
      names = "--gap",
      paramLabel = "N",
      description = "Report gaps of more than N bars (default: 0).")
  private int gap = HealthLimits.DEFAULT.gap();

  @Option(names = "--all", description = "Print every finding, not the first of each kind.")
  private boolean all;

  @Option(names = "--json", description = "Print JSON, with every finding.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write a page with a picture of what is there, for a browser.")
  private @Nullable Path out;

  CheckDataCommand() {}

  @Override
  public Integer call() {
    if (!Files.isDirectory(folder)) {
      throw new UserError("no folder " + folder);
    }
    DataReport report = new DataCheck(format.format(), limits()).run(folder);
    PrintWriter printed = spec.commandLine().getOut();
    if (json) {
      Json.print(printed, report);
    } else {
      new ReportText(report, all ? Integer.MAX_VALUE : SHOWN).lines().forEach(printed::println);
    }
    if (out != null) {
      write(out, DataReportPage.render(report));
      if (!json) {
        printed.println("written: " + out);
      }
    }
    printed.flush();
    return report.errors() > 0 ? 1 : 0;
  }

  private HealthLimits limits() {
    try {
      return new HealthLimits(priceJump, volumeJump, gap);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private static void write(Path file, String page) {
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new UserError("cannot write " + file + ": " + e);
    }
  }
}
