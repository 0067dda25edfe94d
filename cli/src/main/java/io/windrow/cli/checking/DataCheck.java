package io.windrow.cli.checking;

import io.windrow.cli.report.DataReport;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.cli.terminal.UserError;
import io.windrow.quant.data.CsvFormat;
import io.windrow.quant.data.CsvImportException;
import io.windrow.quant.data.CsvImportReport;
import io.windrow.quant.data.CsvImporter;
import io.windrow.quant.data.CsvProblem;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.health.Finding;
import io.windrow.quant.data.health.FindingKind;
import io.windrow.quant.data.health.FolderHealth;
import io.windrow.quant.data.health.HealthCheck;
import io.windrow.quant.data.health.HealthLimits;
import io.windrow.quant.data.health.InstrumentHealth;
import io.windrow.quant.data.health.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Checks a folder of either kind. CSV files are imported aside first: what stops an import is what
 * is found.
 *
 * @param format what CSV files look like, and the frequency
 */
record DataCheck(CsvFormat format, HealthLimits limits) {

  DataReport run(Path folder) {
    return Files.isDirectory(folder.resolve("calendars"))
        ? report(folder, folder, List.of())
        : csv(folder);
  }

  private DataReport csv(Path folder) {
    try (TemporaryFolder scratch = TemporaryFolder.create("windrow-check").alsoAtEnd()) {
      Path data = scratch.path().resolve("data");
      CsvImportReport imported =
          new CsvImporter(anyColumns(), false, CsvImporter.Progress.NONE).run(folder, data);
      return report(
          folder, data, findings(imported.dropped(), Severity.WARNING, FindingKind.DROPPED_ROW));
    } catch (CsvImportException e) {
      return report(
          folder,
          new FolderHealth(
              0, "", "", 0, findings(e.problems(), Severity.ERROR, FindingKind.BROKEN_CSV)),
          List.of());
    } catch (DataException e) {
      throw new UserError(String.valueOf(e.getMessage()).lines().toList());
    }
  }

  /** A column that is missing is a finding here, not an error of the import. */
  private CsvFormat anyColumns() {
    return new CsvFormat(
        format.frequency(),
        format.dateField(),
        format.symbolField(),
        Set.of(),
        format.include(),
        format.exclude(),
        format.suffix(),
        format.limit());
  }

  private static List<Finding> findings(
      List<CsvProblem> problems, Severity severity, FindingKind kind) {
    return problems.stream()
        .map(problem -> Finding.general(severity, kind, "", "", problem.toString()))
        .toList();
  }

  private DataReport report(Path named, Path data, List<Finding> more) {
    List<InstrumentHealth> instruments = new ArrayList<>();
    FolderHealth health = new HealthCheck(limits).run(data, format.frequency(), instruments::add);
    List<Finding> findings = new ArrayList<>(more);
    findings.addAll(health.findings());
    return report(
        named,
        new FolderHealth(
            health.bars(), health.first(), health.last(), health.instruments(), findings),
        instruments);
  }

  private DataReport report(Path named, FolderHealth health, List<InstrumentHealth> instruments) {
    List<Finding> findings = new ArrayList<>(health.findings());
    instruments.forEach(instrument -> findings.addAll(instrument.findings()));
    findings.sort(
        Comparator.comparing(Finding::severity)
            .thenComparing(Finding::kind)
            .thenComparing(Finding::instrument)
            .thenComparing(Finding::field));
    return new DataReport(
        named.toString(),
        format.frequency().toString(),
        health.bars(),
        health.first(),
        health.last(),
        health.instruments(),
        findings,
        instruments);
  }
}
