package io.windrow.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark with few tasks; 50,000 are for {@code windrow bench dispatch}. */
class DispatchBenchIT {

  @Test
  void measures_a_cluster_and_the_bare_store_and_tells_as_it_goes() {
    List<String> told = new ArrayList<>();

    DispatchBenchResult result = DispatchBench.run(300, 50, 32, new ToldProgress(told));

    assertThat(result.tasks()).isEqualTo(300);
    assertThat(result.slots()).isEqualTo(32);
    assertThat(result.seconds()).isGreaterThan(result.submissionSeconds());
    assertThat(result.tasksPerSecond() * result.seconds()).isCloseTo(300, offset(1e-6));
    assertThat(result.processorMillis()).isPositive();
    assertThat(result.bareStoreTasksPerSecond()).isPositive();
    assertThat(result.shareOfBareStore() * result.bareStoreTasksPerSecond())
        .isCloseTo(result.steadyTasksPerSecond(), offset(1e-6));
    assertThat(result.scheduleToStart().p99())
        .isGreaterThanOrEqualTo(result.scheduleToStart().p50())
        .isGreaterThanOrEqualTo(result.announcedToStart().p50());
    assertThat(told)
        .contains("50 of 50: warm-up", "300 of 300: collected")
        .last()
        .isEqualTo("300 of 300: now the bare store");
  }

  @Test
  void a_workload_has_as_many_tasks_as_were_asked_for_or_a_few_more() {
    assertThat(DispatchWorkload.of("p", 1).tasks()).isEqualTo(1);
    assertThat(DispatchWorkload.of("p", 1_001).tasks()).isEqualTo(1_002);
    assertThat(DispatchWorkload.of("p", 200_000).tasks()).isEqualTo(200_000);
  }
}
