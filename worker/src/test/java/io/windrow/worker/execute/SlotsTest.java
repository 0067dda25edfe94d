package io.windrow.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Duration SOON = Duration.ofMinutes(3);
  private final Slots slots = new Slots(2);

  @AfterEach
  void close() {
    slots.close();
  }

  @Test
  void no_more_reservations_than_slots() throws Exception {
    assertThat(slots.reserve(1, Duration.ZERO)).isEqualTo(1);
    assertThat(slots.reserve(1, Duration.ZERO)).isEqualTo(1);
    assertThat(slots.reserve(1, Duration.ZERO)).isZero();
    slots.giveBack(1);
    assertThat(slots.reserve(1, Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void what_is_free_is_reserved_together() throws Exception {
    assertThat(slots.reserve(5, Duration.ZERO)).isEqualTo(2);
    assertThat(slots.reserve(5, Duration.ZERO)).isZero();
    slots.giveBack(2);
    assertThat(slots.reserve(1, Duration.ZERO)).isEqualTo(1);
    assertThat(slots.reserve(5, Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void all_slots_run_at_once_and_come_free() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      assertThat(slots.reserve(1, Duration.ZERO)).isEqualTo(1);
      slots.run(
          () -> {
            try {
              together.await(10, TimeUnit.SECONDS);
              end.await();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }
    together.await(10, TimeUnit.SECONDS);
    assertThat(slots.busy()).isEqualTo(2);
    assertThat(slots.awaitIdle(Duration.ZERO)).isFalse();

    end.countDown();

    assertThat(slots.awaitIdle(SOON)).isTrue();
    assertThat(slots.busy()).isZero();
    assertThat(slots.reserve(1, Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void a_task_that_throws_gives_its_slot_back() throws Exception {
    slots.reserve(1, Duration.ZERO);
    slots.run(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
          throw new IllegalStateException("on purpose");
        });

    assertThat(slots.awaitIdle(SOON)).isTrue();
  }

  @Test
  void a_task_that_cannot_begin_gives_its_slot_back() throws Exception {
    slots.reserve(1, Duration.ZERO);
    slots.close();

    assertThatThrownBy(() -> slots.run(() -> {})).isInstanceOf(RejectedExecutionException.class);

    assertThat(slots.busy()).isZero();
    assertThat(slots.awaitIdle(Duration.ZERO)).isTrue();
  }
}
