package io.windrow.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final Duration SOON = Duration.ofMinutes(1);

  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final AtomicInteger rounds = new AtomicInteger();
  private Step work = () -> false;
  private final Loop loop =
      new Loop(
          "test",
          () -> {
            rounds.incrementAndGet();
            return work.runOnce();
          },
          () -> true,
          FOR_EVER);

  @AfterEach
  void stop() throws InterruptedException {
    loop.stop();
  }

  @Test
  void goesOnAtOnceWhileThereIsMore() {
    work = () -> rounds.get() < 5;

    loop.start();

    await().atMost(SOON).until(() -> rounds.get() == 5);
  }

  @Test
  void aWakeEndsThePause() {
    loop.start();
    await().atMost(SOON).until(() -> rounds.get() == 1);

    loop.wake();

    await().atMost(SOON).until(() -> rounds.get() == 2);
  }

  @Test
  void anErrorDoesNotEndIt() {
    work =
        () -> {
          throw new IllegalStateException("store away");
        };
    loop.start();
    await().atMost(SOON).until(() -> rounds.get() == 1);

    loop.wake();

    await().atMost(SOON).until(() -> rounds.get() == 2);
  }

  @Test
  void anErrorOfTheJvmDoesNotEndItEither() {
    work =
        () -> {
          throw new OutOfMemoryError("no room for this round");
        };
    loop.start();
    await().atMost(SOON).until(() -> rounds.get() == 1);

    loop.wake();

    await().atMost(SOON).until(() -> rounds.get() == 2);
  }

  @Test
  void doesNothingUnlessAllowed() {
    AtomicInteger asked = new AtomicInteger();
    Loop standby =
        new Loop(
            "standby",
            () -> {
              rounds.incrementAndGet();
              return false;
            },
            () -> asked.incrementAndGet() > 2,
            Duration.ofMillis(1));
    standby.start();
    await().atMost(SOON).until(() -> rounds.get() > 0);
    try {
      standby.stop();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }

    assertThat(rounds.get()).isLessThanOrEqualTo(asked.get() - 2);
  }

  @Test
  void stopWaitsForTheRoundAndNoneFollows() throws InterruptedException {
    loop.start();
    await().atMost(SOON).until(() -> rounds.get() == 1);

    loop.stop();
    loop.wake();

    assertThat(rounds).hasValue(1);
  }
}
