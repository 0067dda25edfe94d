package io.windrow.cli.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.windrow.cli.client.Collection;
import io.windrow.cli.client.Collection.Group;
import io.windrow.cli.client.Collection.Window;
import io.windrow.cli.terminal.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report as one HTML page. The template escapes every value but the pictures. */
public final class ReportPage {
  private static final String TEMPLATE = "report.mustache";
  private static final List<String> STATISTICS = List.of("IC", "ICIR", "Rank IC", "Rank ICIR");

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
    view.put(
        "statistics",
        STATISTICS.stream()
            .map(name -> new Report.Fact(name, Figures.statistic(group.statistics().get(name))))
            .toList());
    view.put("icBars", IcBars.draw(group.windows()));
    view.put("cumulativeIc", CumulativeIc.draw(report.days().get(index)));
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
      return Mustache.compiler().compile(new InputStreamReader(stream, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
