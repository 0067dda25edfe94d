package io.windrow.quant.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContentKeyTest {

  private record One(@Nullable Object value) {}

  private record Other(@Nullable Object value) {}

  private record Two(String left, String right) {}

  @Test
  void equalContentsHaveOneName() {
    assertThat(ContentKey.hash(new One(Map.of("a", 1, "b", Set.of(1, 2, 3)))))
        .hasSize(64)
        .isEqualTo(ContentKey.hash(new One(Map.of("b", Set.of(3, 2, 1), "a", 1))));
  }

  @Test
  void differentContentsHaveDifferentNames() {
    List<Record> keys =
        List.of(
            new One(null),
            new Other(null),
            new One("null"),
            new One(1),
            new One(1.0),
            new One("1"),
            new One(List.of("1")),
            new One(List.of("1", "2")),
            new One(List.of("1, 2")),
            new One(Set.of("1")),
            new One(Optional.empty()),
            new One(Optional.of("1")),
            new One(LocalDate.EPOCH),
            new One(LocalDate.EPOCH.toString()),
            new One(Path.of("1")),
            new One(DataKey.RAW),
            new One(new Other("1")),
            new Two("a;right=b", "c"),
            new Two("a", "b;right=c"),
            new Two("ab", "c"),
            new Two("a", "bc"));

    assertThat(keys.stream().map(ContentKey::hash)).doesNotHaveDuplicates();
  }

  @Test
  void theNameDoesNotChangeFromProcessToProcess() {
    assertThat(ContentKey.text(new Two("a", "b")))
        .isEqualTo(
            "io.windrow.quant.dataset.ContentKeyTest$Two(left=String:1:a;right=String:1:b;)");
  }

  @Test
  void whatHasNoFixedTextIsRefused() {
    assertThatThrownBy(() -> ContentKey.hash(new One(new Object())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a java.lang.Object has no fixed text and cannot be part of a key");
    assertThatThrownBy(() -> ContentKey.hash(new One(Stream.of(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
