package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaseJudgeTest {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  /** The store's clock is ahead of ours. */
  private static final Duration AHEAD = Duration.ofMinutes(7);

  private final LeaseJudge judge = new LeaseJudge();

  @Test
  void starting_it_waits_one_lease_then_judges_by_the_stores_clock() {
    for (int second = 0; second < 15; second += 5) {
      assertThat(readAt(second)).isNull();
    }

    assertThat(readAt(15)).isEqualTo(START.plus(AHEAD));
    assertThat(readAt(20)).isEqualTo(START.plus(AHEAD).plusSeconds(5));
  }

  @Test
  void a_third_of_the_lease_is_no_gap_more_is() {
    steadyUntil(15);

    assertThat(readAt(20)).isNotNull();
    assertThat(readAt(26)).isNull();
    assertThat(readAt(31)).isNull();
    assertThat(readAt(36)).isNull();
    assertThat(readAt(41)).isNotNull();
  }

  @Test
  void a_store_whose_clock_jumps_ends_no_lease() {
    steadyUntil(15);

    assertThat(judge.read(at(16), at(16).plus(Duration.ofHours(1)), lease())).isNull();
  }

  @Test
  void a_clock_set_back_is_a_gap() {
    steadyUntil(15);

    assertThat(readAt(10)).isNull();
  }

  private void steadyUntil(int end) {
    for (int second = 0; second <= end; second++) {
      readAt(second);
    }
  }

  private @Nullable Instant readAt(int second) {
    return judge.read(at(second), at(second).plus(AHEAD), lease());
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static Duration lease() {
    return Duration.ofSeconds(15);
  }
}
