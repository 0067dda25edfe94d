package io.windrow.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.task.TaskState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
  private final MessageCodec codec = new MessageCodec();

  @Test
  void announcementComesBackAsItWas() throws Exception {
    TaskAnnounced message = new TaskAnnounced(1, "abc", 1_790_000_000_000_000L, "alpha", "default");

    assertThat(codec.announced(codec.encode(message))).isEqualTo(message);
  }

  @Test
  void resultComesBackAsItWas() throws Exception {
    TaskFinished message =
        new TaskFinished(
            1, "abc", 7, TaskState.DONE, "p", "e", "s", "abc-7", Map.of("Rank IC", 0.04));

    assertThat(codec.finished(codec.encode(message))).isEqualTo(message);
  }

  @Test
  void resultMayLackARecorder() throws Exception {
    TaskFinished message =
        new TaskFinished(1, "abc", 7, TaskState.CANCELLED, "p", "e", "s", null, Map.of());

    assertThat(codec.finished(codec.encode(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "nonsense",
        "[]",
        "{}",
        "{\"schemaVersion\":2,\"taskId\":\"a\",\"version\":1,\"pool\":\"p\",\"queue\":\"q\"}",
        "{\"schemaVersion\":1,\"taskId\":\" \",\"version\":1,\"pool\":\"p\",\"queue\":\"q\"}",
        "{\"schemaVersion\":1,\"version\":1,\"pool\":\"p\",\"queue\":\"q\"}"
      })
  void whatIsNoAnnouncementIsRefusedWithAReason(String text) {
    assertThatThrownBy(() -> codec.announced(text.getBytes(UTF_8)))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessageMatching("(?s).{10,}");
  }

  @Test
  void resultOfAnUnfinishedTaskIsRefused() {
    String text =
        "{\"schemaVersion\":1,\"taskId\":\"a\",\"version\":1,\"state\":\"RUNNING\",\"pool\":\"p\","
            + "\"experiment\":\"e\",\"submission\":\"s\",\"metrics\":{}}";

    assertThatThrownBy(() -> codec.finished(text.getBytes(UTF_8)))
        .isInstanceOf(UndecodableMessage.class);
  }

  @Test
  void hugeRecordIsRefusedUnread() {
    assertThatThrownBy(() -> codec.announced(new byte[1 << 20]))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessageContaining("1048576 bytes");
  }
}
