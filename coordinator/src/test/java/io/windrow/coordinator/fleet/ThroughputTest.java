package io.windrow.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.coordinator.fleet.Throughput.Point;
import io.windrow.pool.TaskCount;
import io.windrow.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThroughputTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource source = now::get;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final Throughput throughput = new Throughput(clock);

  @Test
  void nothing_is_known_before_ten_whole_seconds_were_seen() {
    assertThat(throughput.points()).isEmpty();

    count(3, done("a", 100));
    count(8, done("a", 150));
    count(13, done("a", 160));

    assertThat(throughput.points()).isEmpty();
  }

  @Test
  void each_point_has_what_ended_within_its_ten_seconds() {
    count(0, done("a", 100), failed("a", 1), running("a", 4));
    count(10, done("a", 100), failed("a", 1), running("a", 4));
    count(15, done("a", 107), failed("a", 1), running("a", 4));
    count(20, done("a", 110), failed("a", 3), running("a", 7), running("b", 1));
    count(25, done("a", 110), failed("a", 3), running("b", 1));
    count(30, done("a", 110), failed("a", 3), running("b", 2));

    assertThat(throughput.points()).containsExactly(point(20, 10, 2, 8), point(30, 0, 0, 2));
  }

  @Test
  void what_ended_between_counts_that_do_not_meet_the_ten_seconds_is_spread_and_none_is_lost() {
    count(6, done("a", 0));
    count(11, done("a", 0));
    for (int i = 0; i <= 10; i++) {
      count(16 + 5 * i, done("a", 10L * (i + 1)));
    }

    assertThat(throughput.points()).extracting(Point::at).startsWith(at(20)).endsWith(at(60));
    assertThat(throughput.points())
        .extracting(Point::done)
        .containsExactly(18L, 20L, 20L, 20L, 20L);
  }

  @Test
  void tasks_that_are_removed_or_run_again_take_nothing_away() {
    count(0, done("a", 100), failed("a", 9), done("b", 5));
    count(10, done("a", 100), failed("a", 9), done("b", 5));
    count(20, done("b", 8), failed("a", 2));
    count(30, done("a", 3), done("b", 8), failed("a", 2));

    assertThat(throughput.points()).containsExactly(point(20, 3, 0, 0), point(30, 3, 0, 0));
  }

  @Test
  void a_store_that_was_away_leaves_a_gap() {
    count(0, done("a", 0));
    count(10, done("a", 0));
    count(20, done("a", 4));
    count(63, done("a", 400));
    count(70, done("a", 400));
    count(80, done("a", 401));

    assertThat(throughput.points()).containsExactly(point(20, 4, 0, 0), point(80, 1, 0, 0));
  }

  @Test
  void a_clock_that_is_put_back_leaves_a_gap() {
    count(0, done("a", 0));
    count(10, done("a", 0));
    count(20, done("a", 4));
    count(5, done("a", 6));
    count(10, done("a", 6));

    assertThat(throughput.points()).containsExactly(point(20, 4, 0, 0));
  }

  @Test
  void an_hour_is_kept() {
    for (int seconds = 0; seconds <= 2 * 3600; seconds += 5) {
      count(seconds, done("a", seconds));
    }

    assertThat(throughput.points())
        .hasSize(360)
        .startsWith(point(3610, 10, 0, 0))
        .endsWith(point(7200, 10, 0, 0));
    now.set(at(7200).plus(Duration.ofHours(1)));
    assertThat(throughput.points()).as("nothing was counted for an hour").isEmpty();
  }

  private void count(int second, TaskCount... counts) {
    now.set(at(second));
    throughput.count(List.of(counts));
  }

  private static Point point(int second, long done, long failed, long running) {
    return new Point(at(second), done, failed, running);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static TaskCount done(String pool, long tasks) {
    return count(pool, TaskState.DONE, tasks);
  }

  private static TaskCount failed(String pool, long tasks) {
    return count(pool, TaskState.FAILED, tasks);
  }

  private static TaskCount running(String pool, long tasks) {
    return count(pool, TaskState.RUNNING, tasks);
  }

  private static TaskCount count(String pool, TaskState state, long tasks) {
    return new TaskCount(pool, "q", state, tasks, tasks, null);
  }
}
