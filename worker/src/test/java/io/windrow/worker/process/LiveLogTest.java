package io.windrow.worker.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.quant.run.RunRecorder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LiveLogTest {
  private static final Duration SOON = Duration.ofMinutes(1);

  private final AttemptLog text = new AttemptLog(1000);
  private final List<String> stored = new CopyOnWriteArrayList<>();
  private volatile boolean storeIsAway;

  private final RunRecorder recorder =
      new RunRecorder() {
        @Override
        public void param(String name, String value) {}

        @Override
        public void metric(String name, int step, double value) {}

        @Override
        public void artifact(String path, byte[] bytes) {
          if (storeIsAway) {
            throw new IllegalStateException("away");
          }
          stored.add(path + ": " + new String(bytes, UTF_8));
        }
      };

  @Test
  void what_was_printed_is_stored_when_there_is_more_and_survives_an_error() {
    try (LiveLog live = LiveLog.start(text, recorder, "log", 2)) {
      assertThat(live).isNotNull();
      text.line("one".getBytes(UTF_8));
      await().atMost(SOON).until(() -> stored.contains("log: one\n"));
      storeIsAway = true;
      text.line("two".getBytes(UTF_8));
      storeIsAway = false;
      await().atMost(SOON).until(() -> stored.contains("log: one\ntwo\n"));
    }

    assertThat(stored).doesNotHaveDuplicates();
    int until = stored.size();
    text.line("three".getBytes(UTF_8));
    assertThat(stored).as("nothing after the end").hasSize(until);
  }
}
