package io.windrow.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.Collection.Failed;
import io.windrow.cli.client.Collection.Missing;
import io.windrow.quant.evaluate.DailyIc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
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
    int points =
        Pattern.compile("class=\"icline\" points=\"([^\"]*)\"")
            .matcher(html)
            .results()
            .findFirst()
            .orElseThrow()
            .group(1)
            .split(" ")
            .length;
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
                    List.of(nasty))));
    String html = ReportPage.render(new Report(collection, sample.days(), "a & b", sample.facts()));
    assertThat(html)
        .doesNotContain("<script>")
        .doesNotContain("<img")
        .doesNotContain("<b>waiting")
        .doesNotContain("<i>bad")
        .contains("a &amp; b")
        .contains("Incomplete: 1 of 3 windows");
  }

  @Test
  void draws_nothing_where_there_is_nothing() {
    assertThat(IcBars.draw(List.of())).startsWith("<svg");
    assertThat(CumulativeIc.draw(List.of())).contains("fewer than two days");
    assertThat(Gantt.calendar(List.of())).startsWith("<svg");
    assertThat(Gantt.run(List.of())).startsWith("<svg");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void renders_a_collection_without_labels() {
    Report sample = SampleReport.of(2, "demo");
    List<List<DailyIc>> none = List.of(List.of());
    assertThat(
            ReportPage.render(
                new Report(sample.collection(), none, sample.notice(), sample.facts())))
        .contains("</html>");
  }
}
