package io.windrow.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.TaskCount;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueueDemandTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = EARLY.plusSeconds(60);

  @Test
  void counts_what_may_run_now_and_leaves_out_back_off_paused_pools_and_what_ended() {
    Map<String, QueueDemand> demands =
        QueueDemand.of(
            List.of(
                new TaskCount("a", "q", TaskState.WAITING, 10, 4, LATE),
                new TaskCount("a", "q", TaskState.QUEUED, 2, 2, LATE),
                new TaskCount("a", "q", TaskState.RUNNING, 3, 3, null),
                new TaskCount("a", "q", TaskState.DONE, 100, 100, null),
                new TaskCount("paused", "q", TaskState.WAITING, 7, 7, EARLY),
                new TaskCount("paused", "q", TaskState.RUNNING, 1, 1, null),
                new TaskCount("a", "other", TaskState.DONE, 5, 5, null)),
            Set.of("paused"));

    assertThat(demands)
        .containsExactly(
            Map.entry("other", new QueueDemand(0, null)),
            Map.entry("q", new QueueDemand(10, LATE)));
  }

  @Test
  void the_age_is_that_of_the_first_in_line() {
    Map<String, QueueDemand> demands =
        QueueDemand.of(
            List.of(
                new TaskCount("a", "q", TaskState.WAITING, 1, 1, LATE),
                new TaskCount("b", "q", TaskState.QUEUED, 1, 1, EARLY)),
            Set.of());

    assertThat(demands.get("q").age(LATE)).isEqualTo(Duration.ofSeconds(60));
    assertThat(demands.get("q").age(EARLY.minusSeconds(1))).isZero();
    assertThat(new QueueDemand(0, null).age(LATE)).isZero();
  }
}
