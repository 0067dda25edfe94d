package io.windrow.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.windrow.quant.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in its own JVM, on a folder of CSV files. */
class FactorBenchIT {

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    for (String symbol : List.of("A", "B")) {
      List<String> lines = new ArrayList<>(List.of("date,open,high,low,close,volume"));
      for (int day = 0; day < 100; day++) {
        int price = 100 + day % 7;
        lines.add(
            String.join(
                ",",
                LocalDate.EPOCH.plusDays(day).toString(),
                "100",
                Integer.toString(price + 2),
                "99",
                Integer.toString(price),
                Integer.toString(1000 + day)));
      }
      Files.write(folder.resolve(symbol + ".csv"), lines);
    }
  }

  @Test
  void measures_a_folder_of_csv_files() {
    FactorBenchResult result = bench(FactorChoice.ALPHA158, 2).run(folder);

    assertThat(result.factors()).isEqualTo("alpha158");
    assertThat(result.rows()).isEqualTo(200);
    assertThat(result.columns()).isEqualTo(158);
    assertThat(result.iterations()).isEqualTo(2);
    assertThat(result.secondsFirst()).isPositive();
    assertThat(result.secondsBest()).isPositive().isLessThanOrEqualTo(result.secondsMean());
    assertThat(result.rowsPerSecond() * result.secondsMean()).isCloseTo(200, offset(1e-6));
    assertThat(result.peakHeapBytes()).isBetween(1L, 2L << 30);
  }

  @Test
  void measures_every_combination_of_sizes() {
    FactorScaling result =
        bench(FactorChoice.ALPHA360, 1).scaling(folder, List.of(2, 1), List.of(50, 100));

    assertThat(result.columns()).isEqualTo(360);
    assertThat(result.points().stream().map(FactorScaling.Point::rows))
        .containsExactly(50L, 100L, 100L, 200L);
    FactorScaling.Point largest = result.points().get(3);
    assertThat(List.of(largest.instruments(), largest.days())).containsExactly(2, 100);
    assertThat(largest.secondsPerMillion() * 200 * 360 / 1e6)
        .isCloseTo(largest.seconds(), offset(1e-9));
    assertThatThrownBy(
            () -> bench(FactorChoice.ALPHA158, 1).scaling(folder, List.of(2), List.of(101)))
        .isInstanceOf(DataException.class)
        .hasMessage("the data has 100 days: choose 1 to 100 of them, not 101");
  }

  @Test
  void bad_data_is_refused_before_anything_is_measured() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    FactorBench bench = bench(FactorChoice.ALPHA158, 1);
    assertThatThrownBy(() -> bench.run(empty))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds no CSV file");
    assertThatThrownBy(() -> bench.run(folder.resolve("nowhere")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("does not exist");
  }

  private static FactorBench bench(FactorChoice factors, int iterations) {
    return new FactorBench(factors, 1, iterations, 1);
  }
}
