package io.windrow.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.message.TopicSetup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShareTaskSourceIT extends TaskSourceContract {
  private static final Duration SOON = Duration.ofMinutes(3);

  ShareTaskSourceIT() {
    super(TaskSources.Kind.SHARE);
  }

  @Test
  void a_busy_worker_keeps_nothing_from_an_idle_one() {
    Duration lock = Duration.ofMinutes(1);
    TopicSetup locking = locking(lock);
    ManyTasks longOnes = new ManyTasks(noop(3_600_000));
    ManyTasks shortOnes = new ManyTasks(noop(0));
    announce(1);
    Worker busy = worker(longOnes, 1, locking);
    await().atMost(SOON).until(() -> busy.slots.busy() == 1);
    Worker idle = worker(shortOnes, 1, locking);
    announce(1);
    await().atMost(SOON).until(() -> shortOnes.done.size() == 1); // it has joined

    announce(20);

    // What the busy worker had fetched would come to the other only after the lock.
    await().atMost(lock.minusSeconds(5)).until(() -> shortOnes.done.size() == 20);
    assertThat(idle.claims("stale")).isEqualTo(1);
    assertThat(longOnes.claimed).hasSize(1);
  }
}
