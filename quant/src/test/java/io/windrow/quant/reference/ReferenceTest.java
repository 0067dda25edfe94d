package io.windrow.quant.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.definition.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String TASK = "0123456789abcdef".repeat(4);

  @Test
  void namesTheRecorderAndMaybeAPath() {
    assertThat(Reference.parse("<recorder:previous_window>"))
        .isEqualTo(new Reference(new Selector.PreviousWindow(), null));
    assertThat(Reference.parse("<recorder:" + TASK + "/models/a.txt>"))
        .isEqualTo(new Reference(new Selector.OfTask(TASK), "models/a.txt"));
    assertThat(Reference.parse("<recorder:0123456789abcdef-1767571200000000>").selector())
        .isEqualTo(new Selector.OfRecorder("0123456789abcdef-1767571200000000"));
    assertThat(Reference.parse("<recorder:0123456789abcdef0123456789abcdef>").selector())
        .isInstanceOf(Selector.OfRecorder.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<recorder:previous_window>",
        "<recorder:previous_window/sig_analysis/ic.arrow>",
        "<recorder:0123456789abcdef-1/.hidden>"
      })
  void isWrittenAsItIsRead(String text) {
    assertThat(Reference.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<recorder:>",
        "<recorder:previous>",
        "<recorder:previous_window",
        "<recorder:previous_window/>",
        "<recorder:previous_window//a>",
        "<recorder:previous_window/..>",
        "<recorder:previous_window/a/../b>",
        "<recorder:previous_window/./b>",
        "<recorder:previous_window/a b>",
        "<recorder:../etc>",
        "model.txt"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Reference.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void standsInTwoPlacesOnly() {
    List<Problem> problems = new ArrayList<>();
    String text = "<recorder:previous_window>";

    Reference.refuseElsewhere(
        Map.of("model", Map.of("kwargs", Map.of("init_model", text))), problems);
    Reference.refuseElsewhere(Map.of("model", text), problems);
    assertThat(problems).isEmpty();

    Reference.refuseElsewhere(
        Map.of("dataset", Map.of("kwargs", text), "record", List.of(Map.of("pred", text))),
        problems);
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactlyInAnyOrder("dataset.kwargs", "record.0.pred");
  }
}
