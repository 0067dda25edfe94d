package io.windrow.worker.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.RunRecorder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class NoopExecutorTest {
  private static final RunRecorder NOWHERE =
      new RunRecorder() {
        @Override
        public void param(String name, String value) {}

        @Override
        public void metric(String name, int step, double value) {}

        @Override
        public void artifact(String path, byte[] bytes) {}
      };

  private final NoopExecutor noop = new NoopExecutor();

  @Test
  void it_takes_only_what_asks_for_it() {
    assertThat(noop.accepts(Map.of("noop", Map.of()))).isTrue();
    assertThat(noop.accepts(Map.of("model", Map.of()))).isFalse();
  }

  @Test
  void it_fails_as_often_as_it_is_told() {
    Map<String, Object> wish = Map.of("fail", "retryable", "fail_attempts", 2);

    assertThatThrownBy(() -> run(wish, 2)).isInstanceOf(IOException.class);
    assertThatCode(() -> run(wish, 3)).doesNotThrowAnyException();
    assertThatThrownBy(() -> run(Map.of("fail", "fatal"), 99))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void it_writes_what_it_is_told_and_says_which_attempt_did() throws IOException {
    Map<String, String> written = new HashMap<>();
    RunRecorder recorder =
        new RunRecorder() {
          @Override
          public void param(String name, String value) {}

          @Override
          public void metric(String name, int step, double value) {}

          @Override
          public void artifact(String path, byte[] bytes) {
            written.put(path, bytes.length + " " + new String(bytes, UTF_8).strip());
          }
        };

    noop.execute(Work.of(Map.of("noop", Map.of()), 1), recorder, Cancellation.NONE);
    assertThat(written).isEmpty();

    noop.execute(Work.of(Map.of("noop", Map.of("artifact_kb", 2)), 3), recorder, Cancellation.NONE);

    assertThat(written).containsEntry("noop.txt", "10 attempt 3").containsKey("noop.bin");
    assertThat(written.get("noop.bin")).startsWith("2048 ");
  }

  @Test
  void it_stops_when_asked() {
    assertThatThrownBy(
            () ->
                noop.execute(
                    Work.of(Map.of("noop", Map.of("sleep_ms", 3_600_000)), 1), NOWHERE, () -> true))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void it_refuses_nonsense() {
    assertThatThrownBy(() -> run(Map.of("sleep_ms", "long"), 1)).hasMessageContaining("sleep_ms");
    assertThatThrownBy(() -> run(Map.of("fail", "maybe"), 1)).hasMessageContaining("maybe");
  }

  private void run(Map<String, Object> wish, int attempt) throws IOException {
    noop.execute(Work.of(Map.of("noop", wish), attempt), NOWHERE, Cancellation.NONE);
  }
}
