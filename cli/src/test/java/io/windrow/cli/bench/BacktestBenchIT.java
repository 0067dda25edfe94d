package io.windrow.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.cli.SampleMarket;
import io.windrow.quant.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in its own JVM, on a folder of CSV files. */
class BacktestBenchIT {

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    SampleMarket.write(folder, 24);
  }

  @Test
  void trades_every_day_that_was_asked_for() {
    BacktestBenchResult result = BacktestBench.run(folder, 50, 24, 1, 2);

    assertThat(result.days()).isEqualTo(50);
    assertThat(result.stocks()).isEqualTo(24);
    // 20 bought on the first day; then as many are sold as bought, at most 3.
    assertThat(result.orders()).isBetween(20 + 49, 20 + 49 * 6).isEven();
    assertThat(result.iterations()).isEqualTo(2);
    assertThat(result.secondsBest()).isPositive().isLessThanOrEqualTo(result.secondsMean());
    assertThat(result.peakHeapBytes()).isBetween(1L, 1L << 30);
  }

  @Test
  void less_data_than_was_asked_for_is_refused() {
    assertThatThrownBy(() -> BacktestBench.run(folder, 900, 24, 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("see --stocks, --days");
    assertThatThrownBy(() -> BacktestBench.run(folder, 50, 25, 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("24 instruments");
  }
}
