package io.windrow.cli.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.windrow.cli.client.Collection;
import io.windrow.cli.client.Collection.Backtest;
import io.windrow.cli.client.Collection.Group;
import io.windrow.cli.client.Collection.Window;
import io.windrow.cli.report.LineChart.Line;
import io.windrow.cli.report.LineChart.Shape;
import io.windrow.cli.report.LineChart.Unit;
import io.windrow.cli.terminal.Figures;
import io.windrow.quant.evaluate.QuantileReturns;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The report as one HTML page. The template escapes every value but the pictures. */
public final class ReportPage {
  private static final String TEMPLATE = "report.mustache";
  private static final List<String> STATISTICS = List.of("IC", "ICIR", "Rank IC", "Rank ICIR");

  private static final String WITH_COST = "excess_return_with_cost";

  private ReportPage() {}

  /** Renders a report. */
  public static String render(Report report) {
    Collection collection = report.collection();
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("experiment", collection.experiment());
    page.put("pool", collection.pool());
    page.put("submission", collection.submission());
    page.put("collected", collection.collected());
    page.put("expected", collection.expected());
    page.put("complete", collection.complete());
    page.put("notice", report.notice());
    page.put("facts", report.facts());
    List<Map<String, Object>> groups = new ArrayList<>();
    for (int i = 0; i < collection.groups().size(); i++) {
      groups.add(group(collection.groups().get(i), report, i));
    }
    page.put("groups", groups);
    page.put(
        "missing",
        collection.missing().stream()
            .map(missing -> List.of(span(missing.test()), missing.state()))
            .map(ReportPage::cells)
            .toList());
    page.put(
        "failed",
        collection.failed().stream()
            .map(failed -> List.of(span(failed.test()), or(failed.message())))
            .map(ReportPage::cells)
            .toList());
    return template(TEMPLATE).execute(page);
  }

  private static Map<String, Object> group(Group group, Report report, int index) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", group.name());
    view.put("rows", Figures.count(group.rows()));
    view.put("days", Figures.count(group.days()));
    view.put("windowCount", group.windows().size());
    view.put("statistics", statistics(group));
    view.put("icBars", IcBars.draw(group.windows()));
    Report.Days days = report.days().get(index);
    view.put("cumulativeIc", cumulativeIc(days.ic()));
    view.put("monthlyIc", days.ic().isEmpty() ? "" : MonthlyIc.draw(days.ic()));
    view.put("quantiles", days.quantiles().isEmpty() ? "" : quantiles(days.quantiles()));
    view.put("backtest", backtest(group, days.backtest()));
    view.put("calendar", Gantt.calendar(group.windows()));
    view.put("run", Gantt.run(group.windows()));
    List<Map<String, Object>> windows = new ArrayList<>();
    for (int i = 0; i < group.windows().size(); i++) {
      Window window = group.windows().get(i);
      windows.add(
          cells(
              List.of(
                  String.valueOf(i + 1),
                  span(window.train()),
                  span(window.valid()),
                  span(window.test()),
                  Figures.whole(window.metric("best_iteration")),
                  Figures.statistic(window.metric("IC")),
                  Figures.statistic(window.metric("Rank IC")),
                  or(window.worker()))));
    }
    view.put("windows", windows);
    return view;
  }

  private static List<Report.Fact> statistics(Group group) {
    List<Report.Fact> facts = new ArrayList<>();
    for (String name : STATISTICS) {
      facts.add(new Report.Fact(name, Figures.statistic(group.statistics().get(name))));
    }
    if (group.traded()) {
      Double year = group.risk(WITH_COST, "annualized_return");
      Double ratio = group.risk(WITH_COST, "information_ratio");
      Double drawdown = group.risk(WITH_COST, "max_drawdown");
      facts.add(new Report.Fact("excess return a year, with cost", Figures.percent(year)));
      facts.add(new Report.Fact("information ratio, with cost", Figures.statistic(ratio)));
      facts.add(new Report.Fact("max. drawdown, with cost", Figures.percent(drawdown)));
    }
    return facts;
  }

  private static String cumulativeIc(DailyTable ic) {
    return LineChart.draw(
        "Cumulative IC and Rank IC",
        300,
        Unit.PLAIN,
        ic.days(),
        ic.isEmpty()
            ? List.of()
            : List.of(
                Line.of("pearson", "IC", ic.sums("ic")),
                Line.of("spearman", "Rank IC", ic.sums("ric"))));
  }

  private static String quantiles(DailyTable quantiles) {
    List<Line> lines = new ArrayList<>();
    for (int group = 1; group <= QuantileReturns.FIFTHS; group++) {
      lines.add(Line.of("q" + group, "group " + group, quantiles.sums("group" + group)));
    }
    lines.add(Line.of("longshort", "long-short", Shape.DASHED, quantiles.sums("long_short")));
    return LineChart.draw(
        "Cumulative return of groups by score", 320, Unit.PERCENT, quantiles.days(), lines);
  }

  /** An empty list where there is nothing to say, so that the page leaves the part out. */
  private static List<Map<String, Object>> backtest(Group group, DailyTable report) {
    Backtest backtest = group.backtest();
    if (backtest == null || backtest.state().equals("none")) {
      return List.of();
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("traded", group.traded() && !report.isEmpty());
    view.put(
        "why",
        group.traded()
            ? "No day was traded."
            : backtest.message() == null ? "Windows are missing." : backtest.message());
    if (group.traded() && !report.isEmpty()) {
      BacktestCharts charts = new BacktestCharts(report);
      view.put("days", span(backtest.days()));
      view.put("risks", Stream.of("without_cost", "with_cost").map(c -> risk(group, c)).toList());
      view.put("returns", charts.returns());
      view.put("excess", charts.excess());
      view.put("drawdown", charts.drawdown());
      view.put("turnover", charts.turnover());
    }
    return List.of(view);
  }

  private static Map<String, Object> risk(Group group, String cost) {
    String analysis = "excess_return_" + cost;
    return cells(
        List.of(
            analysis,
            Figures.percent(group.risk(analysis, "annualized_return")),
            Figures.statistic(group.risk(analysis, "information_ratio")),
            Figures.percent(group.risk(analysis, "max_drawdown")),
            Figures.percent(group.risk(analysis, "mean")),
            Figures.percent(group.risk(analysis, "std"))));
  }

  private static Map<String, Object> cells(List<String> cells) {
    return Map.of("cells", cells);
  }

  private static String span(@Nullable List<@Nullable String> segment) {
    if (segment == null || segment.size() != 2) {
      return "-";
    }
    return or(segment.get(0)) + " – " + (segment.get(1) == null ? "open" : segment.get(1));
  }

  private static String or(@Nullable String value) {
    return value == null ? "-" : value;
  }

  static Template template(String name) {
    try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return Mustache.compiler()
          .emptyStringIsFalse(true)
          .compile(new InputStreamReader(stream, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
