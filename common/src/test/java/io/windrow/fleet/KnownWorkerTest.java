package io.windrow.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownWorkerTest {
  private static final Instant BEAT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration STALE = Duration.ofSeconds(15);
  private static final Duration GONE = Duration.ofMinutes(2);

  @Test
  void silence_makes_it_stale_and_then_gone() {
    KnownWorker worker = new KnownWorker(presence(false, false), BEAT, false, false);

    assertThat(after(worker, 15)).isEqualTo(WorkerState.LIVE);
    assertThat(after(worker, 16)).isEqualTo(WorkerState.STALE);
    assertThat(after(worker, 120)).isEqualTo(WorkerState.STALE);
    assertThat(after(worker, 121)).isEqualTo(WorkerState.GONE);
  }

  @Test
  void draining_ends_when_nothing_is_held_and_silence_counts_more() {
    assertThat(after(new KnownWorker(presence(false, false), BEAT, true, false), 1))
        .isEqualTo(WorkerState.DRAINING);
    assertThat(after(new KnownWorker(presence(false, true), BEAT, true, false), 1))
        .isEqualTo(WorkerState.DRAINED);
    assertThat(after(new KnownWorker(presence(true, false), BEAT, false, false), 1))
        .isEqualTo(WorkerState.DRAINING);
    assertThat(after(new KnownWorker(presence(false, true), BEAT, true, false), 16))
        .isEqualTo(WorkerState.STALE);
  }

  @Test
  void a_good_bye_is_believed_at_once() {
    assertThat(after(new KnownWorker(presence(true, false), BEAT, false, true), 0))
        .isEqualTo(WorkerState.GONE);
  }

  @Test
  void a_presence_is_bounded_and_sorted() {
    Presence many =
        new Presence(
            "w",
            "h",
            1,
            "1",
            List.of("b", "a", "b"),
            List.of("noop"),
            100,
            100,
            Collections.nCopies(100, "task"),
            BEAT,
            false,
            false);

    assertThat(many.tasks()).hasSize(Presence.MOST_TASKS);
    assertThat(many.queues()).containsExactly("a", "b");
    assertThatThrownBy(
            () ->
                new Presence(
                    "w", "h", 1, "1", List.of(), List.of(), 0, 0, List.of(), BEAT, false, false))
        .hasMessageContaining("worker 'w' cannot have 0 slots");
  }

  private static WorkerState after(KnownWorker worker, long seconds) {
    return worker.state(BEAT.plusSeconds(seconds), STALE, GONE);
  }

  private static Presence presence(boolean stopping, boolean idle) {
    return new Presence(
        "w", "h", 1, "1", List.of("q"), List.of("noop"), 1, 0, List.of(), BEAT, stopping, idle);
  }
}
