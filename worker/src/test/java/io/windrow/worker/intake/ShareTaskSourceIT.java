package io.windrow.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShareTaskSourceIT extends TaskSourceContract {
  ShareTaskSourceIT() {
    super(TaskSources.Kind.SHARE);
  }

  @Test
  void a_busy_worker_keeps_nothing_from_an_idle_one() {
    ManyTasks longOnes = new ManyTasks(noop(3_600_000));
    ManyTasks shortOnes = new ManyTasks(noop(0));
    announce(1);
    Worker busy = worker(longOnes, 1);
    await().atMost(Duration.ofSeconds(30)).until(() -> busy.slots.busy() == 1);
    worker(shortOnes, 1);

    announce(20);

    // Well below the 2 s for which the busy worker could have locked a record.
    await().atMost(Duration.ofMillis(1_900)).until(() -> shortOnes.done.size() == 20);
    assertThat(longOnes.claimed).hasSize(1);
  }
}
