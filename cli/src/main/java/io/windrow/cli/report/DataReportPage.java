package io.windrow.cli.report;

import io.windrow.cli.terminal.Figures;
import io.windrow.quant.data.health.Finding;
import io.windrow.quant.data.health.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was found in market data as one HTML page. The template escapes all but the picture. */
public final class DataReportPage {
  private static final String TEMPLATE = "data.mustache";

  /** A page of more is none that anybody reads; JSON has them all. */
  private static final int SHOWN = 200;

  private DataReportPage() {}

  /** Renders a report. */
  public static String render(DataReport report) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("folder", report.folder());
    page.put("frequency", report.frequency());
    page.put("readable", report.bars() > 0);
    page.put("bars", Figures.count(report.bars()));
    page.put("first", report.first());
    page.put("last", report.last());
    page.put("instruments", Figures.count(report.instruments()));
    page.put("errors", Figures.count(report.errors()));
    page.put("warnings", Figures.count(report.warnings()));
    page.put("clean", report.findings().isEmpty());
    page.put("coverage", Coverage.draw(report));
    page.put("omitted", more(report.health().size(), Coverage.ROWS));
    page.put("kinds", report.kinds().stream().map(kind -> kind(report, kind)).toList());
    return ReportPage.template(TEMPLATE).execute(page);
  }

  private static Map<String, Object> kind(DataReport report, DataReport.Kind kind) {
    List<Finding> findings = report.of(kind);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("title", kind.title());
    view.put("advice", kind.advice());
    view.put("severity", kind.severity().name().toLowerCase(Locale.ROOT));
    view.put("error", kind.severity() == Severity.ERROR);
    view.put("instruments", Figures.count(kind.instruments()));
    view.put("bars", Figures.count(kind.bars()));
    view.put("findings", findings.stream().limit(SHOWN).map(DataReportPage::finding).toList());
    view.put("more", more(findings.size(), SHOWN));
    return view;
  }

  /** How many are not shown; false if all are. */
  private static Object more(int all, int shown) {
    return all > shown ? Figures.count(all - shown) : false;
  }

  private static Map<String, Object> finding(Finding finding) {
    return Map.of(
        "instrument", finding.instrument(),
        "field", finding.field(),
        "days", DataReport.days(finding),
        "detail", finding.detail());
  }
}
