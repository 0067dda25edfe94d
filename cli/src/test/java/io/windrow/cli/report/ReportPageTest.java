package io.windrow.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.Collection.Backtest;
import io.windrow.cli.client.Collection.Failed;
import io.windrow.cli.client.Collection.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {

  @Test
  void draws_every_window_and_every_day() {
    String html = ReportPage.render(SampleReport.of(16, "demo"));
    assertThat(count(html, "class=\"ic\"")).isEqualTo(16);
    assertThat(count(html, "class=\"ric\"")).isEqualTo(16);
    assertThat(count(html, "class=\"run\"")).isEqualTo(16);
    assertThat(count(html, "class=\"test\"")).isEqualTo(16);
    int points = points(html, "line pearson").length;
    assertThat(points).isGreaterThan(1000);
    assertThat(html).contains("This market is synthetic.").contains("0.0312").contains("12.3 s");
  }

  @Test
  void needs_nothing_from_the_network(@TempDir Path folder) throws IOException {
    String html = ReportPage.render(SampleReport.of(3, "demo"));
    assertThat(html).doesNotContain("http://").doesNotContain("https://").doesNotContain("src=");
    Files.writeString(folder.resolve("report.html"), html);
  }

  @Test
  void escapes_what_others_wrote() {
    Report sample = SampleReport.of(1, "<script>alert(1)</script>");
    Collection was = sample.collection();
    Collection.Window window = was.groups().get(0).windows().get(0);
    Collection.Window nasty =
        new Collection.Window(
            window.task(),
            window.train(),
            window.valid(),
            window.test(),
            window.metrics(),
            "\"><img onerror=x>",
            window.startedAt(),
            window.endedAt());
    Collection collection =
        new Collection(
            was.submission(),
            was.pool(),
            was.experiment(),
            false,
            3,
            1,
            List.of(new Missing("t", "<b>waiting</b>", List.of("2020-01-01", "2020-02-01"))),
            List.of(new Failed("t", List.of("2020-01-01", "2020-02-01"), "<i>bad</i>")),
            was.collect(),
            List.of(
                new Collection.Group(
                    was.groups().get(0).key(),
                    1,
                    1,
                    was.groups().get(0).statistics(),
                    new Backtest("unavailable", "<u>no data</u>", null),
                    List.of(nasty))));
    String html = ReportPage.render(new Report(collection, sample.days(), "a & b", sample.facts()));
    assertThat(html)
        .doesNotContain("<script>")
        .doesNotContain("<img")
        .doesNotContain("<b>waiting")
        .doesNotContain("<i>bad")
        .doesNotContain("<u>no data")
        .contains("No back-test of this series: &lt;u&gt;no data")
        .contains("a &amp; b")
        .contains("Incomplete: 1 of 3 windows");
  }

  @Test
  void draws_nothing_where_there_is_nothing() {
    assertThat(IcBars.draw(List.of())).startsWith("<svg");
    assertThat(LineChart.draw("nothing", 100, LineChart.Unit.PLAIN, List.of(), List.of()))
        .contains("fewer than two days");
    assertThat(MonthlyIc.draw(DailyTable.EMPTY)).startsWith("<svg");
    assertThat(Gantt.calendar(List.of())).startsWith("<svg");
    assertThat(Gantt.run(List.of())).startsWith("<svg");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void renders_a_collection_without_labels() {
    Report sample = SampleReport.of(2, "demo");
    List<Report.Days> none =
        List.of(new Report.Days(DailyTable.EMPTY, DailyTable.EMPTY, DailyTable.EMPTY));
    assertThat(
            ReportPage.render(
                new Report(sample.collection(), none, sample.notice(), sample.facts())))
        .contains("</html>", "No day was traded.")
        .doesNotContain("Monthly IC", "Cumulative return");
  }

  @Test
  void draws_the_backtest_and_the_groups() {
    Report report = SampleReport.of(16, "demo");
    String html = ReportPage.render(report);
    assertThat(html)
        .contains("excess_return_with_cost", "8.15 %", "1.2345", "-4.21 %")
        .doesNotContain("NaN", "Infinity");
    for (String line :
        List.of(
            "line gross",
            "line net",
            "line bench",
            "line area loss",
            "line faint bench",
            "line q1",
            "line q5",
            "line dashed longshort")) {
      assertThat(points(html, line)).as(line).hasSizeGreaterThan(1000);
    }
    DailyTable table = report.days().get(0).backtest();
    double[] sums = table.sums("bench");
    assertThat(html)
        .contains("benchmark %.1f %%</text>".formatted(sums[sums.length - 1] * 100))
        .contains("<title>2020-01-02: without cost ");
    // The months of 2020, their year, and those of the years after it.
    assertThat(count(html, "<title>2020: mean IC ")).isEqualTo(1);
    assertThat(count(html, "<title>2020-")).isGreaterThan(12);
  }

  @Test
  void drawdown_begins_after_the_first_day_and_is_never_above_zero() {
    List<LocalDate> days =
        IntStream.range(0, 4).mapToObj(LocalDate.of(2020, 1, 2)::plusDays).toList();
    DailyTable report =
        new DailyTable(
            days,
            Map.of(
                "return", List.of(-0.05, 0.03, -0.02, 0.04),
                "bench", List.of(0.0, 0.01, 0.0, 0.0),
                "cost", List.of(0.0, 0.0, 0.01, 0.0),
                "turnover", List.of(1.0, 0.0, 0.0, 0.0)));
    assertThat(new BacktestCharts(report).drawdown())
        .contains(
            "2020-01-02: drawdown 0.0 %",
            "2020-01-03: drawdown 0.0 %",
            "2020-01-04: drawdown -3.0 %",
            "2020-01-05: drawdown 0.0 %");
    assertThat(new BacktestCharts(report).excess())
        .contains("2020-01-05: without cost -1.0 %, with cost -2.0 %");
  }

  @Test
  void thirty_years_of_days_make_no_large_page_and_keep_their_extremes() {
    List<LocalDate> days =
        IntStream.range(0, 7500).mapToObj(LocalDate.of(1990, 1, 1)::plusDays).toList();
    double[] values = new Random(3).doubles(7500).toArray();
    values[4321] = 50;
    values[1234] = -50;
    String chart =
        LineChart.draw(
            "long",
            300,
            LineChart.Unit.PLAIN,
            days,
            List.of(LineChart.Line.of("gross", "long", values)));
    assertThat(chart.length()).isLessThan(60_000);
    String[] points = points(chart, "line gross");
    assertThat(points).hasSizeLessThanOrEqualTo(2000);
    Scale y = Scale.withZero(-50, 50, 274, 12);
    assertThat(points)
        .anyMatch(point -> point.endsWith(",%.1f".formatted(y.at(50))))
        .anyMatch(point -> point.endsWith(",%.1f".formatted(y.at(-50))));
  }

  private static String[] points(String html, String css) {
    return Pattern.compile("class=\"" + css + "\" points=\"([^\"]*)\"")
        .matcher(html)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1)
        .split(" ");
  }
}
