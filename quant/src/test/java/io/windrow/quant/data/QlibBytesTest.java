package io.windrow.quant.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.Archive;
import io.windrow.quant.Golden;
import io.windrow.quant.Shared;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the importer writes against what Qlib's own dump_bin wrote from the same rows. */
class QlibBytesTest {

  @TempDir private Path temp;

  @Test
  void gaps_and_a_late_start_are_written_as_qlib_does() throws IOException {
    Path qlib = Archive.unpackGolden("qlib_bin_ops.tar.gz", temp.resolve("qlib"));
    JsonNode golden = Golden.json("operators.json");
    List<String> calendar =
        golden.get("calendar").valueStream().map(JsonNode::stringValue).toList();
    Path csv = Files.createDirectory(temp.resolve("csv"));
    for (Map.Entry<String, JsonNode> symbol : golden.get("inputs").properties()) {
      JsonNode fields = symbol.getValue();
      int start = fields.path("first_index").asInt(0);
      List<String> lines = new ArrayList<>(List.of("date,x,y,v"));
      for (int i = 0; i < fields.get("x").size(); i++) {
        lines.add(
            calendar.get(start + i)
                + ","
                + cell(fields.get("x").get(i))
                + ","
                + cell(fields.get("y").get(i))
                + ","
                + cell(fields.get("v").get(i)));
      }
      Files.write(csv.resolve(symbol.getKey() + ".csv"), lines);
    }

    new CsvImporter(Set.of("x"), false, CsvImporter.Progress.NONE).run(csv, temp.resolve("data"));

    assertThat(CsvFiles.bytes(temp.resolve("data"))).hasSize(8).isEqualTo(CsvFiles.bytes(qlib));
  }

  private static String cell(JsonNode value) {
    double number = Golden.number(value);
    return Double.isNaN(number) ? "" : Double.toString(number);
  }

  @Test
  void real_bars_are_written_as_qlib_does() throws IOException {
    Path us100 = Shared.path("data/us100");
    Path qlib;
    try (InputStream archive =
        Files.newInputStream(Shared.path("golden/qlib_bin_3symbols.tar.gz"))) {
      qlib = Archive.unpack(archive, temp.resolve("qlib"));
    }
    Map<String, List<String>> factors = factors(us100.resolve("factors.csv.gz"));
    Path csv = Files.createDirectory(temp.resolve("csv"));
    for (String symbol : List.of("AAPL", "BRK.B", "C")) {
      List<String> bars = Files.readAllLines(us100.resolve(symbol + ".csv"));
      List<String> lines = new ArrayList<>(List.of(bars.get(0) + ",factor,change"));
      double before = Double.NaN;
      for (int i = 1; i < bars.size(); i++) {
        double close = Double.parseDouble(bars.get(i).split(",", -1)[4]);
        lines.add(bars.get(i) + "," + factors.get(symbol).get(i - 1) + "," + (close / before - 1));
        before = close;
      }
      Files.write(csv.resolve(symbol + ".csv"), lines);
    }

    CsvImportReport report =
        new CsvImporter(CsvImporter.BAR_FIELDS, false, CsvImporter.Progress.NONE)
            .run(csv, temp.resolve("data"));

    assertThat(report.symbols()).isEqualTo(3);
    assertThat(report.rows()).isEqualTo(3 * 3600);
    assertThat(CsvFiles.bytes(temp.resolve("data"))).hasSize(23).isEqualTo(CsvFiles.bytes(qlib));
  }

  private static Map<String, List<String>> factors(Path file) throws IOException {
    Map<String, List<String>> factors = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      reader
          .lines()
          .map(line -> line.split(",", -1))
          .forEach(row -> factors.computeIfAbsent(row[0], s -> new ArrayList<>()).add(row[2]));
    }
    return factors;
  }
}
