package io.windrow.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final Duration SOON = Duration.ofMinutes(1);

  private final AtomicInteger beats = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private Runnable beat = () -> {};
  private final Pulse pulse =
      new Pulse(
          "test",
          () -> {
            beats.incrementAndGet();
            beat.run();
          },
          Duration.ofMillis(1),
          nanos::get);

  @AfterEach
  void close() {
    pulse.close();
  }

  @Test
  void beats_again_and_again() {
    pulse.start();

    await().atMost(SOON).until(() -> beats.get() > 2);
  }

  @Test
  void an_error_of_the_jvm_leaves_the_next_beat_as_it_was() {
    beat =
        () -> {
          throw new OutOfMemoryError("no room for this beat");
        };

    pulse.start();

    await().atMost(SOON).until(() -> beats.get() > 2);
  }

  @Test
  void neither_does_an_error_that_cannot_be_told_end_it() {
    beat =
        () -> {
          throw new OutOfMemoryError("no room for this beat") {
            @Override
            public String getMessage() {
              throw this;
            }
          };
        };

    pulse.start();

    await().atMost(SOON).until(() -> beats.get() > 2);
  }

  @Test
  void silence_is_counted_from_the_last_beat_that_went_out() {
    Pulse slow = new Pulse("slow", () -> beat.run(), Duration.ofHours(1), nanos::get);
    assertThat(slow.silence()).isZero();
    slow.start();
    slow.beat();
    nanos.set(Duration.ofSeconds(3).toNanos());
    assertThat(slow.silence()).isEqualTo(Duration.ofSeconds(3));

    beat =
        () -> {
          throw new IllegalStateException("on purpose");
        };
    slow.beat();
    assertThat(slow.silence()).isEqualTo(Duration.ofSeconds(3));

    beat = () -> {};
    slow.beat();
    assertThat(slow.silence()).isZero();

    nanos.addAndGet(1);
    slow.close();
    assertThat(slow.silence()).isZero();
  }
}
