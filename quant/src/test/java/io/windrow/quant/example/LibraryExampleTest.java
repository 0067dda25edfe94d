package io.windrow.quant.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.panel.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/quant.md shows is what is compiled and run here. */
class LibraryExampleTest {

  private static final int STOCKS = 12;
  private static final Path DOCUMENT = Path.of("../docs/quant.md");
  private static final Pattern SHOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TASK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Pattern MARKED =
      Pattern.compile("// doc: \\w+\n(.*?)\n *// end", Pattern.DOTALL);

  @TempDir private static Path roots;
  @TempDir private static Path results;

  @BeforeAll
  static void writeMarket() {
    TradingCalendar calendar =
        new TradingCalendar(
            LocalDate.of(2018, 1, 1)
                .datesUntil(LocalDate.of(2021, 1, 1))
                .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0)
                .toList());
    DataStoreWriter writer = new DataStoreWriter(roots.resolve("mine"));
    writer.calendar(calendar);
    List<Universe.Span> whole = List.of(new Universe.Span(calendar.first(), calendar.last()));
    writer.instruments(
        "all",
        new Universe(
            IntStream.range(0, STOCKS)
                .mapToObj(stock -> new Universe.Member("S" + stock, whole))
                .toList()));
    Random random = new Random(1);
    for (int stock = 0; stock < STOCKS; stock++) {
      float[] close = new float[calendar.size()];
      float[] volume = new float[calendar.size()];
      float price = 100;
      for (int day = 0; day < close.length; day++) {
        price *= (float) Math.exp(0.02 * random.nextGaussian());
        close[day] = price;
        volume[day] = 1e6f * (1 + random.nextFloat());
      }
      for (String field : List.of("open", "high", "low", "close")) {
        writer.series("S" + stock, field, new Series(0, close));
      }
      writer.series("S" + stock, "volume", new Series(0, volume));
    }
  }

  @Test
  void computesFactors() {
    Panel panel = LibraryExample.factors(roots.resolve("mine"));

    assertThat(panel.columns()).containsExactly("MOM20", "VOL10");
    assertThat(panel.rows()).isEqualTo((long) STOCKS * panel.days().size());
    assertThat(panel.days().get(0).date()).isEqualTo(LocalDate.of(2019, 1, 1));
  }

  @Test
  void runsTheTaskOfTheDocument() throws IOException {
    Path task = Files.writeString(results.resolve("task.json"), only(TASK));

    Map<String, Double> metrics = LibraryExample.run(roots, task, results);

    assertThat(metrics).containsKeys("best_iteration", "IC", "Rank IC");
    ScoreSeries predictions =
        ArrowTables.read(Files.readAllBytes(results.resolve("pred.arrow"))).series();
    assertThat(predictions.size()).isEqualTo(STOCKS * predictions.dayCount());
  }

  @Test
  void theDocumentShowsThisCode() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/windrow/quant/example/LibraryExample.java"));

    assertThat(found(SHOWN, Files.readString(DOCUMENT)).map(String::stripIndent))
        .containsExactlyElementsOf(
            found(MARKED, source).map(code -> code.stripIndent().stripTrailing() + "\n").toList());
  }

  private static String only(Pattern pattern) throws IOException {
    return found(pattern, Files.readString(DOCUMENT)).findFirst().orElseThrow();
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }
}
