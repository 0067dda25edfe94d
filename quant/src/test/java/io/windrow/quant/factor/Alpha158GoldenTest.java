package io.windrow.quant.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.Shared;
import io.windrow.quant.Us100;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Alpha158 and its label on real bars against Qlib's own figures, to the last bit but for CORR. */
class Alpha158GoldenTest {

  private static final FactorSet LABEL =
      FactorSet.of(List.of("LABEL0"), List.of("Ref($close,-2)/Ref($close,-1)-1"));

  @Test
  void agrees_with_qlib() throws IOException {
    DataStore data = Us100.data();
    LocalDate first = data.calendar().first();
    LocalDate last = data.calendar().last();
    List<String[]> golden = golden();
    List<String> header = Arrays.asList(golden.get(0)).subList(2, golden.get(0).length);
    List<String> names = header.subList(0, header.size() - 1);
    assertThat(FactorSet.alpha158().names()).isEqualTo(names);
    List<String> symbols = golden.stream().skip(1).map(row -> row[1]).distinct().toList();
    Universe universe = data.universe(symbols);
    FactorEngine engine = new FactorEngine(2);
    Panel features = engine.compute(data, universe, FactorSet.alpha158(), first, last);
    Panel label = engine.compute(data, universe, LABEL, first, last);

    List<String> wrong = new ArrayList<>();
    Map<String, Double> worst = new HashMap<>();
    for (String[] row : golden.subList(1, golden.size())) {
      float[] values = row(features, row, 158);
      for (int column = 0; column < header.size(); column++) {
        String name = header.get(column);
        float actual = column < 158 ? values[column] : row(label, row, 1)[0];
        String text = row[column + 2];
        float expected = text.isEmpty() ? Float.NaN : Float.parseFloat(text);
        double error = Math.abs(actual - expected);
        worst.merge(name.replaceAll("\\d+$", ""), error, (a, b) -> b > a ? b : a);
        if (Float.isNaN(actual) != Float.isNaN(expected) || error > tolerance(name)) {
          wrong.add(row[0] + " " + row[1] + " " + name + ": " + actual + ", Qlib " + expected);
        }
      }
    }
    assertThat(wrong).as("worst by family: %s", worst).isEmpty();
    assertThat(golden.size()).isGreaterThan(250);
  }

  /** pandas gets a correlation from the mean of the products, which costs it digits. */
  private static double tolerance(String name) {
    return name.startsWith("CORR") || name.startsWith("CORD") ? 5e-5 : 0;
  }

  private static float[] row(Panel panel, String[] golden, int width) {
    LocalDate date = LocalDate.parse(golden[0]);
    CrossSection day = panel.between(date, date).days().get(0);
    int instrument = panel.symbols().indexOf(golden[1]);
    int row = Arrays.binarySearch(day.instruments(), instrument);
    return Arrays.copyOfRange(day.values(), row * width, (row + 1) * width);
  }

  private static List<String[]> golden() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Shared.path("golden/alpha158.csv.gz"))),
                StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> line.split(",", -1)).toList();
    }
  }
}
