package io.windrow.collector.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.windrow.pool.ScoredWindow;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.task.TaskState;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ResearchMetricsTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private final Map<String, Map<TaskState, Long>> states = new HashMap<>();
  private final Map<String, Long> collected = new HashMap<>();
  private final List<ScoredWindow> done = new ArrayList<>();
  private final List<Instant> looks = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ResearchMetrics metrics =
      new ResearchMetrics(
          fake(TaskPool.class),
          fake(SubmissionStore.class),
          Mono.fromSupplier(() -> collected),
          2,
          Duration.ofSeconds(5),
          meters);

  @Test
  void windows_are_collected_missing_or_failed_and_cancelled_ones_are_none_of_it() {
    states.put(
        "a",
        Map.of(
            TaskState.WAITING, 1L,
            TaskState.RUNNING, 2L,
            TaskState.DONE, 10L,
            TaskState.FAILED, 3L,
            TaskState.CANCELLED, 4L));
    collected.put("a", 7L);

    metrics.count();

    assertThat(windows("a", "collected")).isEqualTo(7);
    assertThat(windows("a", "missing")).isEqualTo(3 + 10 - 7);
    assertThat(windows("a", "failed")).isEqualTo(3);
  }

  @Test
  void pools_beyond_the_latest_are_told_together() {
    for (String pool : List.of("new", "old", "older", "oldest")) {
      states.put(pool, Map.of(TaskState.FAILED, 1L));
    }

    metrics.count();

    assertThat(windows("new", "failed")).isEqualTo(1);
    assertThat(windows("old", "failed")).isEqualTo(1);
    assertThat(windows("(others)", "failed")).isEqualTo(2);
    assertThat(meters.find("windrow.pool.windows").gauges()).hasSize(9);
  }

  @Test
  void only_what_was_done_since_is_read_and_nothing_while_nothing_changes() {
    done("one", 0.1, AT);
    metrics.count();
    metrics.count();
    assertThat(looks).containsExactly(Instant.EPOCH);

    done("two", 0.3, AT.plusSeconds(5));
    metrics.count();

    assertThat(looks).containsExactly(Instant.EPOCH, AT.minusSeconds(60));
    assertThat(ic()).isEqualTo(0.2);
  }

  @Test
  void a_pool_from_which_windows_were_removed_is_read_anew() {
    done("one", 0.1, AT);
    done("two", 0.3, AT.plusSeconds(300));
    metrics.count();

    done.remove(0);
    states.put("new", Map.of(TaskState.DONE, 1L));
    metrics.count();
    metrics.count();

    assertThat(looks).last().isEqualTo(Instant.EPOCH);
    assertThat(ic()).isEqualTo(0.3);
  }

  private void done(String id, double ic, Instant at) {
    done.add(new ScoredWindow(id, "LGBModel", "2020-12-31", Map.of("IC", ic), at));
    states.put("new", Map.of(TaskState.DONE, (long) done.size()));
  }

  private double ic() {
    return meters.get("windrow.pool.ic").tags("pool", "new", "model", "LGBModel").gauge().value();
  }

  private double windows(String pool, String state) {
    return meters.get("windrow.pool.windows").tags("pool", pool, "state", state).gauge().value();
  }

  /** Answers what the gauges ask, and nothing else. */
  private <T> T fake(Class<T> store) {
    return store.cast(
        Proxy.newProxyInstance(
            store.getClassLoader(),
            new Class<?>[] {store},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "stat" -> Mono.fromSupplier(() -> Map.copyOf(states));
                  case "pools" -> Mono.just(List.of("new", "old", "older", "oldest"));
                  case "scored" -> scored((Instant) arguments[1]);
                  default -> throw new AssertionError("nobody asks for " + method);
                }));
  }

  private Flux<ScoredWindow> scored(Instant since) {
    looks.add(since);
    return Flux.fromIterable(List.copyOf(done)).filter(each -> !each.at().isBefore(since));
  }
}
