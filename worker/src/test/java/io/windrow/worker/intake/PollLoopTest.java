package io.windrow.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.failpoint.FailPoint;
import io.windrow.failpoint.ProcessStopped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollLoopTest {
  private static final Duration SOON = Duration.ofMinutes(3);
  private final AtomicInteger joined = new AtomicInteger();
  private Runnable taking = () -> {};
  private final PollLoop loop =
      new PollLoop("q", () -> {}) {
        @Override
        void takeUntilStopped() {
          joined.incrementAndGet();
          taking.run();
        }
      };

  @AfterEach
  void stop() throws InterruptedException {
    loop.stop();
    assertThat(loop.awaitStopped(SOON)).isTrue();
  }

  @Test
  void joins_again_after_an_error() {
    taking =
        () -> {
          throw new IllegalStateException("the broker refuses");
        };

    loop.start();

    await().atMost(SOON).until(() -> joined.get() > 1);
  }

  @Test
  void joins_again_after_an_error_of_the_jvm_that_cannot_even_be_told() {
    taking =
        () -> {
          throw new OutOfMemoryError("a task has filled the heap") {
            @Override
            public String getMessage() {
              throw this;
            }
          };
        };

    loop.start();

    await().atMost(SOON).until(() -> joined.get() > 1);
  }

  @Test
  void a_test_may_stop_it_for_good() throws InterruptedException {
    taking =
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
          throw new ProcessStopped(FailPoint.INTAKE_CLAIMED);
        };

    loop.start();

    assertThat(loop.awaitStopped(SOON)).isTrue();
    assertThat(joined).hasValue(1);
  }
}
