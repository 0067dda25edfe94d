package io.windrow.cli.checking;

import io.windrow.cli.report.DataReport;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Table;
import io.windrow.quant.data.health.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A report for the terminal: a table of the kinds, then the findings kind by kind.
 *
 * @param shown how many findings of a kind
 */
record ReportText(DataReport report, int shown) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(heading());
    if (report.findings().isEmpty()) {
      return lines;
    }
    lines.add("");
    Table table = new Table().left("severity").left("finding").right("instruments").right("bars");
    for (DataReport.Kind kind : report.kinds()) {
      table.row(
          severity(kind),
          kind.title(),
          kind.instruments() == 0 ? "-" : Figures.count(kind.instruments()),
          kind.bars() == 0 ? "-" : Figures.count(kind.bars()));
    }
    lines.addAll(table.lines());
    for (DataReport.Kind kind : report.kinds()) {
      lines.add("");
      lines.add(severity(kind) + ": " + kind.title() + " - " + kind.advice());
      List<Finding> findings = report.of(kind);
      findings.stream().limit(shown).forEach(finding -> lines.add("  " + DataReport.line(finding)));
      if (findings.size() > shown) {
        lines.add("  and " + Figures.count(findings.size() - shown) + " more (--all)");
      }
    }
    return lines;
  }

  private String heading() {
    String found =
        report.findings().isEmpty()
            ? "nothing found"
            : "%s, %s"
                .formatted(
                    counted(report.errors(), "error"), counted(report.warnings(), "warning"));
    return report.bars() == 0
        ? report.folder() + ": " + found
        : "%s: %s, %s bars (%s) from %s to %s: %s"
            .formatted(
                report.folder(),
                counted(report.instruments(), "instrument"),
                Figures.count(report.bars()),
                report.frequency(),
                report.first(),
                report.last(),
                found);
  }

  private static String counted(long count, String what) {
    return Figures.count(count) + " " + what + (count == 1 ? "" : "s");
  }

  private static String severity(DataReport.Kind kind) {
    return kind.severity().name().toLowerCase(Locale.ROOT);
  }
}
