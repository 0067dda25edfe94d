package io.windrow.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark on a small pool; 100,000 tasks are for {@code windrow bench pool}. */
class PoolBenchIT {

  @Test
  void measures_submissions_and_queries_and_tells_as_it_goes() {
    List<String> told = new ArrayList<>();

    PoolBenchResult result = PoolBench.run(1_500, 2, new ToldProgress(told));

    assertThat(result.tasks()).isEqualTo(1_500);
    assertThat(result.submission().runs()).isEqualTo(2);
    assertThat(result.tasksPerSecond() * result.submission().secondsMean())
        .isCloseTo(1_500, offset(1e-6));
    assertThat(result.queries())
        .containsOnlyKeys(
            "task_stat",
            "pools",
            "page, first",
            "page, from the middle",
            "page, few match",
            "page, none matches",
            "task_stat, filtered");
    assertThat(result.queries().values())
        .allSatisfy(
            timing -> {
              assertThat(timing.runs()).isEqualTo(20);
              assertThat(timing.secondsBest())
                  .isPositive()
                  .isLessThanOrEqualTo(timing.secondsMean());
            });
    assertThat(result.peakHeapBytes()).isPositive();
    assertThat(told).hasSize(9).first().asString().startsWith("1 of 9: submission of 1,500 tasks");
    assertThat(told).last().asString().startsWith("9 of 9: task_stat, filtered");
  }
}
