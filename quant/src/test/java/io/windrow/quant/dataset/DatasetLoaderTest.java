package io.windrow.quant.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that share their parts, in memory and in files. */
class DatasetLoaderTest {
  private static final int DAYS = 80;
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  private static final List<String> FIELDS = List.of("open", "high", "low", "close", "volume");
  private static final long LARGE = 1 << 26;

  @TempDir private Path parent;
  private Path market;
  private Path files;

  @BeforeEach
  void write() {
    market = parent.resolve("market");
    files = parent.resolve("files");
    write(market);
  }

  @Test
  void windowsShareWhatIsComputedOnce() {
    FeatureCache cache = new FeatureCache(CacheSettings.inMemory(LARGE));

    load(cache, market, 50, "label");
    load(cache, market, 60, "label");

    assertThat(List.of(cache.hits(), cache.misses())).containsExactly(1L, 3L);
  }

  @Test
  void aCacheThatKeepsNothingGivesTheSameRows() {
    FeatureCache none = new FeatureCache(CacheSettings.inMemory(0));
    FeatureCache cache = new FeatureCache(CacheSettings.inMemory(LARGE));
    for (int end : new int[] {50, 60, DAYS - 1, DAYS + 30}) {
      Panels.assertSame(
          rows(load(none, market, end, "label")), rows(load(cache, market, end, "label")));
    }
    assertThat(none.hits()).isZero();
    assertThat(none.bytes()).isZero();
  }

  @Test
  void theRowsOfFilesAreThoseThatWereComputed() throws IOException {
    FeatureCache cache = withFiles();
    List<Panel> computed = rows(load(cache, market, 60, "label"));
    long memory = cache.bytes();

    FeatureCache restarted = withFiles();
    Panels.assertSame(rows(load(restarted, market, 60, "label")), computed);

    assertThat(List.of(restarted.hits(), restarted.fileHits(), restarted.misses()))
        .containsExactly(0L, 3L, 0L);
    assertThat(restarted.bytes()).as("what is shared in memory").isEqualTo(memory);
    // raw features, what processors make of them, and the rows that lose a neighbour
    assertThat(cache.fileBytes()).isLessThan(memory * 11 / 10);
  }

  @Test
  void otherProcessorsShareTheFeaturesInFiles() {
    load(withFiles(), market, 60, "label");

    FeatureCache restarted = withFiles();
    load(restarted, market, 60, "feature");

    assertThat(List.of(restarted.fileHits(), restarted.misses())).containsExactly(2L, 1L);
  }

  @Test
  void aFolderIsKnownByItsContents() throws IOException {
    load(withFiles(), market, 60, "label");
    Path copy = parent.resolve("copy");
    write(copy);
    FeatureCache cache = withFiles();
    load(cache, copy, 60, "label");
    assertThat(cache.misses()).as("equal data in another place").isZero();

    // Another value in a file of the same length and time.
    Path close = copy.resolve("features/a/close.day.bin");
    FileTime time = Files.getLastModifiedTime(close);
    byte[] bytes = Files.readAllBytes(close);
    bytes[41]++;
    Files.write(close, bytes);
    Files.setLastModifiedTime(close, time);
    FeatureCache restarted = withFiles();
    load(restarted, copy, 60, "label");
    assertThat(restarted.misses()).as("other data").isEqualTo(3);
  }

  private FeatureCache withFiles() {
    return new FeatureCache(
        new CacheSettings(LARGE, Optional.of(new CacheSettings.Files(files, LARGE))));
  }

  private static Dataset load(FeatureCache cache, Path folder, int end, String normalised) {
    return new DatasetLoader(cache, new FactorEngine(1))
        .load(folder, config(end, normalised), () -> {});
  }

  /** Every stage of every segment. */
  private static List<Panel> rows(Dataset dataset) {
    List<Panel> panels = new ArrayList<>();
    for (String segment : List.of("train", "test")) {
      for (DataKey key : DataKey.values()) {
        FeatureLabelPanel rows = dataset.prepare(segment, key);
        panels.add(rows.features());
        panels.add(rows.labels());
      }
    }
    return panels;
  }

  /** A handler from day 5 to {@code end}; {@code normalised} are what is scaled by day to learn. */
  private static DatasetConfig config(int end, String normalised) {
    Map<String, Object> handler =
        Map.of(
            "start_time", day(5),
            "end_time", day(end),
            "fit_start_time", day(5),
            "fit_end_time", day(40),
            "instruments", "all",
            "infer_processors",
                List.of(
                    Map.of(
                        "class", "RobustZScoreNorm", "kwargs", Map.of("fields_group", "feature")),
                    Map.of("class", "Fillna", "kwargs", Map.of("fields_group", "feature"))),
            "learn_processors",
                List.of(
                    Map.of("class", "DropnaLabel"),
                    Map.of("class", "CSZScoreNorm", "kwargs", Map.of("fields_group", normalised))));
    Map<String, Object> dataset =
        Map.of(
            "class",
            "DatasetH",
            "module_path",
            "qlib.data.dataset",
            "kwargs",
            Map.of(
                "handler",
                Map.of("class", "Alpha158", "kwargs", handler),
                "segments",
                Map.of("train", List.of(day(5), day(40)), "test", List.of(day(41), day(end)))));
    List<Problem> problems = new ArrayList<>();
    DatasetConfig config = DatasetConfig.read(Section.root(dataset, problems)).orElseThrow();
    assertThat(problems).isEmpty();
    return config;
  }

  private static String day(int index) {
    return FIRST.plusDays(index).toString();
  }

  /** The same random bars of A, B and C whatever the folder; C starts on day 30. */
  private static void write(Path folder) {
    DataStoreWriter writer = new DataStoreWriter(folder);
    TradingCalendar calendar =
        new TradingCalendar(IntStream.range(0, DAYS).mapToObj(FIRST::plusDays).toList());
    writer.calendar(calendar);
    List<Universe.Span> all = List.of(new Universe.Span(calendar.first(), calendar.last()));
    writer.instruments(
        "all",
        new Universe(
            Stream.of("A", "B", "C").map(name -> new Universe.Member(name, all)).toList()));
    Random random = new Random(1);
    for (String symbol : List.of("A", "B", "C")) {
      int start = symbol.equals("C") ? 30 : 0;
      for (String field : FIELDS) {
        float[] values = new float[DAYS - start];
        for (int i = 0; i < values.length; i++) {
          values[i] = 10 + random.nextFloat();
        }
        writer.series(symbol, field, new Series(start, values));
      }
    }
  }
}
