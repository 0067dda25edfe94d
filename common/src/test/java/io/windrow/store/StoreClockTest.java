package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class StoreClockTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  /** This process's monotonic time, whose origin says nothing. */
  private final AtomicLong nanos = new AtomicLong(-Duration.ofHours(1).toNanos());

  /** How far the store's clock was set, apart from time going by. */
  private Duration set = Duration.ZERO;

  private Duration roundTrip = Duration.ofMillis(2);
  private boolean away;
  private final AtomicInteger questions = new AtomicInteger();

  @Test
  void tells_the_stores_time_and_goes_on_by_the_monotonic_clock() {
    StoreClock clock = clock();
    assertNear(clock);

    pass(Duration.ofSeconds(19));

    assertNear(clock);
    assertThat(questions).hasValue(3);
  }

  @Test
  void asks_again_after_twenty_seconds_and_follows_a_clock_that_was_set() {
    StoreClock clock = clock();
    set = Duration.ofHours(-1);
    pass(Duration.ofSeconds(20));

    clock.instant();

    assertThat(questions).hasValue(4);
    assertNear(clock);
  }

  @Test
  void an_answer_that_was_long_on_its_way_does_not_move_it() {
    StoreClock clock = clock();
    pass(Duration.ofSeconds(20));
    Instant before = storeTime();
    set = Duration.ofMillis(200);
    roundTrip = Duration.ofSeconds(3);

    clock.instant();

    assertThat(questions).hasValue(4);
    assertThat(clock.instant()).isEqualTo(before.plus(roundTrip));
  }

  @Test
  void while_the_store_is_away_it_goes_on_and_asks_once_a_second() {
    StoreClock clock = clock();
    away = true;
    pass(Duration.ofSeconds(20));
    for (int i = 0; i < 10; i++) {
      clock.instant();
      pass(Duration.ofMillis(500));
    }

    assertThat(questions).hasValue(3 + 5);
    assertNear(clock);
  }

  @Test
  void needs_an_answer_to_begin_with() {
    away = true;

    assertThatThrownBy(this::clock).hasMessageContaining("away");
  }

  private StoreClock clock() {
    return new StoreClock(Mono.defer(this::answer), nanos::get);
  }

  /** The store looks at its clock half-way. */
  private Mono<Instant> answer() {
    questions.incrementAndGet();
    if (away) {
      return Mono.error(new IllegalStateException("the store is away"));
    }
    pass(roundTrip.dividedBy(2));
    Instant time = storeTime();
    pass(roundTrip.dividedBy(2));
    return Mono.just(time);
  }

  private Instant storeTime() {
    return START.plusNanos(nanos.get()).plus(set);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void assertNear(StoreClock clock) {
    assertThat(Duration.between(clock.instant(), storeTime()).abs())
        .isLessThanOrEqualTo(Duration.ofMillis(1));
  }
}
