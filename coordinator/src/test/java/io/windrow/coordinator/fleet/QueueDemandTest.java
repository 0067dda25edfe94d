package io.windrow.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.TaskCount;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QueueDemandTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = EARLY.plusSeconds(60);
  private static final SetLimits NO_LIMITS = new SetLimits(Map.of(), Map.of());

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
            new SetLimits(Map.of("paused", new Limit("paused", true, 9)), Map.of()));

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
            NO_LIMITS);

    assertThat(demands.get("q").age(LATE)).isEqualTo(Duration.ofSeconds(60));
    assertThat(demands.get("q").age(EARLY.minusSeconds(1))).isZero();
    assertThat(new QueueDemand(0, null).age(LATE)).isZero();
  }

  @Test
  void what_a_limit_keeps_from_running_needs_no_worker() {
    List<TaskCount> census =
        List.of(
            new TaskCount("narrow", "q", TaskState.WAITING, 50, 50, EARLY),
            new TaskCount("narrow", "q", TaskState.RUNNING, 1, 1, null),
            new TaskCount("wide", "q", TaskState.QUEUED, 40, 40, EARLY),
            new TaskCount("wide", "over", TaskState.RUNNING, 8, 8, null),
            new TaskCount("wide", "over", TaskState.WAITING, 5, 5, EARLY));
    Limit narrow = new Limit("narrow", false, 3);
    Limit over = new Limit("over", false, 6);

    assertThat(tasks(census, Map.of("narrow", narrow), Map.of("over", over)))
        .containsExactly(Map.entry("over", 8L), Map.entry("q", 43L));
    assertThat(tasks(census, Map.of("narrow", narrow), Map.of("q", new Limit("q", false, 10))))
        .containsEntry("q", 10L);
  }

  @Test
  void what_a_limit_keeps_from_running_is_not_in_line() {
    List<TaskCount> census =
        List.of(
            new TaskCount("full", "q", TaskState.WAITING, 50, 50, EARLY),
            new TaskCount("full", "q", TaskState.RUNNING, 1, 1, null),
            new TaskCount("wide", "q", TaskState.WAITING, 1, 1, LATE),
            new TaskCount("full", "alone", TaskState.QUEUED, 1, 1, EARLY),
            new TaskCount("full", "alone", TaskState.RUNNING, 1, 1, null));
    Map<String, Limit> full = Map.of("full", new Limit("full", false, 1));

    assertThat(QueueDemand.of(census, new SetLimits(full, Map.of())))
        .containsExactly(
            Map.entry("alone", new QueueDemand(1, null)), Map.entry("q", new QueueDemand(2, LATE)));
    assertThat(QueueDemand.of(census, new SetLimits(full, Map.of("q", new Limit("q", false, 1)))))
        .containsEntry("q", new QueueDemand(1, null));
  }

  @Test
  void what_a_pool_runs_of_another_queue_is_within_its_limit_too() {
    List<TaskCount> census =
        List.of(
            new TaskCount("a", "q", TaskState.RUNNING, 2, 2, null),
            new TaskCount("a", "q", TaskState.WAITING, 9, 9, EARLY),
            new TaskCount("a", "large", TaskState.WAITING, 9, 9, EARLY));

    assertThat(
            QueueDemand.of(census, new SetLimits(Map.of("a", new Limit("a", false, 2)), Map.of())))
        .containsExactly(
            Map.entry("large", new QueueDemand(0, null)), Map.entry("q", new QueueDemand(2, null)));
    assertThat(tasks(census, Map.of("a", new Limit("a", false, 3)), Map.of()))
        .containsExactly(Map.entry("large", 1L), Map.entry("q", 3L));
  }

  @Test
  void a_paused_queue_needs_workers_only_for_what_is_under_way() {
    List<TaskCount> census =
        List.of(
            new TaskCount("a", "q", TaskState.WAITING, 50, 50, EARLY),
            new TaskCount("a", "q", TaskState.RUNNING, 2, 2, null));

    assertThat(tasks(census, Map.of(), Map.of("q", new Limit("q", true, 10))))
        .containsEntry("q", 2L);
  }

  private static Map<String, Long> tasks(
      List<TaskCount> census, Map<String, Limit> pools, Map<String, Limit> queues) {
    Map<String, Long> tasks = new TreeMap<>();
    QueueDemand.of(census, new SetLimits(pools, queues))
        .forEach((queue, demand) -> tasks.put(queue, demand.tasks()));
    return tasks;
  }
}
