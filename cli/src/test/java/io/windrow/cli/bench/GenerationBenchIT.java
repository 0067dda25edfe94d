package io.windrow.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A million definitions would take several times the 256 MiB that the measured JVM may use. */
class GenerationBenchIT {

  @Test
  void a_million_tasks_of_a_thousand_templates_in_256_mib() {
    GenerationBenchResult result = GenerationBench.run(1000, 1000, 0, 1);

    assertThat(result.tasks()).isEqualTo(1_000_000);
    assertThat(result.tasksPerSecond()).isPositive();
    assertThat(result.peakHeapBytes()).isBetween(1L, 256L << 20);
    System.out.printf(
        "generated %,d tasks at %,.0f tasks/s, peak heap %d MiB%n",
        result.tasks(), result.tasksPerSecond(), result.peakHeapBytes() >> 20);
  }
}
