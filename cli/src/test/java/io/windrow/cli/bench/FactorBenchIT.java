package io.windrow.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in its own JVM, on a folder of CSV files. */
class FactorBenchIT {

  @TempDir private Path folder;

  @Test
  void measures_a_folder_of_csv_files() throws IOException {
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

    FactorBenchResult result = FactorBench.run(folder, 1, 2, 1);

    assertThat(result.rows()).isEqualTo(200);
    assertThat(result.columns()).isEqualTo(158);
    assertThat(result.iterations()).isEqualTo(2);
    assertThat(result.secondsBest()).isPositive().isLessThanOrEqualTo(result.secondsMean());
    assertThat(result.rowsPerSecond() * result.secondsMean())
        .isCloseTo(200, org.assertj.core.api.Assertions.offset(1e-6));
    assertThat(result.peakHeapBytes()).isBetween(1L, 2L << 30);
  }

  @Test
  void bad_data_is_refused_before_anything_is_measured() {
    assertThatThrownBy(() -> FactorBench.run(folder, 1, 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds no CSV file");
    assertThatThrownBy(() -> FactorBench.run(folder.resolve("nowhere"), 1, 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("does not exist");
  }
}
