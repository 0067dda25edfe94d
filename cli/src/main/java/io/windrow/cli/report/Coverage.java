package io.windrow.cli.report;

import io.windrow.quant.data.health.Finding;
import io.windrow.quant.data.health.InstrumentHealth;
import io.windrow.quant.data.health.Severity;
import java.util.Comparator;
import java.util.List;

/** Which instrument has values when: a row each, with its findings marked. */
final class Coverage {

  /** More rows are no picture; those with the most findings are drawn. */
  static final int ROWS = 200;

  private static final double WIDTH = 1000;
  private static final double LEFT = 90;
  private static final double RIGHT = WIDTH - 10;
  private static final double ROW = 14;
  private static final double TOP = 8;

  private Coverage() {}

  static String draw(DataReport report) {
    List<InstrumentHealth> rows = rows(report.health());
    double bottom = TOP + ROW * rows.size();
    Svg svg = new Svg(WIDTH, bottom + 26, "Days with values of each instrument");
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), report, TOP + ROW * i);
    }
    svg.words("tick", LEFT, bottom + 18, report.first());
    svg.words("tick end", RIGHT, bottom + 18, report.last());
    return svg.end();
  }

  private static List<InstrumentHealth> rows(List<InstrumentHealth> all) {
    return all.size() <= ROWS
        ? all
        : all.stream()
            .sorted(Comparator.comparingInt(each -> -each.findings().size()))
            .limit(ROWS)
            .sorted(Comparator.comparing(InstrumentHealth::instrument))
            .toList();
  }

  private static void row(Svg svg, InstrumentHealth health, DataReport report, double top) {
    svg.words("tick end", LEFT - 8, top + 10, health.instrument());
    List<Integer> cells = health.coverage();
    Scale x = new Scale(0, cells.size(), LEFT, RIGHT);
    for (int from = 0, end; from < cells.size(); from = end) {
      // Equal neighbours are one box: a faultless row is a single one.
      end = from + 1;
      while (end < cells.size() && cells.get(end).equals(cells.get(from))) {
        end++;
      }
      if (cells.get(from) > 0) {
        svg.box(
            cells.get(from) == 100 ? "full" : "part",
            x.at(from),
            top + 2,
            x.at(end) - x.at(from),
            ROW - 4,
            health.instrument() + ": " + cells.get(from) + " % of the bars");
      }
    }
    // Errors last, over the others.
    health.findings().stream()
        .sorted(Comparator.comparing(Finding::severity).reversed())
        .forEach(finding -> mark(svg, finding, report.bars(), top));
  }

  private static void mark(Svg svg, Finding finding, int bars, double top) {
    if (finding.count() == 0) {
      return;
    }
    Scale x = new Scale(0, bars, LEFT, RIGHT);
    String css = finding.severity() == Severity.ERROR ? "error" : "warning";
    String tip = finding.kind().title() + " - " + DataReport.line(finding);
    svg.box(css, x.at(finding.firstBar()), top, 2.5, ROW, tip);
    if (finding.lastBar() != finding.firstBar()) {
      svg.box(css, x.at(finding.lastBar()), top, 2.5, ROW, tip);
    }
  }
}
