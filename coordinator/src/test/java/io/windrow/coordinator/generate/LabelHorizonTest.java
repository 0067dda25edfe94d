package io.windrow.coordinator.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelHorizonTest {

  @Test
  void what_a_horizon_set_is_read_off_again() {
    TaskDefinition task =
        TaskDefinition.of(
            Map.of("dataset", Map.of("kwargs", Map.of("handler", Map.of("kwargs", Map.of())))));
    for (int horizon : List.of(1, 5, 20, 250)) {
      TaskDefinition ahead = HorizonLabel.CLOSE_RETURN.withHorizon(task, horizon);

      assertThat(
              LabelHorizon.of(ahead.at(List.of("dataset", "kwargs", "handler", "kwargs", "label"))))
          .isEqualTo(horizon);
    }
  }

  @Test
  void labels_of_qlib_are_read_however_they_are_written() {
    String day = "Ref($close, -2)/Ref($close, -1) - 1";
    assertThat(LabelHorizon.of(day)).isEqualTo(1);
    assertThat(LabelHorizon.of(List.of(day))).isEqualTo(1);
    assertThat(LabelHorizon.of(List.of(List.of(day), List.of("LABEL0")))).isEqualTo(1);
    assertThat(LabelHorizon.of("Ref($vwap,-11) / Ref($vwap,-1)-1")).isEqualTo(10);
  }

  @Test
  void of_other_labels_nothing_is_guessed() {
    assertThat(LabelHorizon.of(null)).isNull();
    assertThat(LabelHorizon.of(5)).isNull();
    assertThat(LabelHorizon.of(List.of())).isNull();
    assertThat(LabelHorizon.of("Ref($close, -2)/$close - 1")).isNull();
    assertThat(LabelHorizon.of("Ref($open, -2)/Ref($close, -1) - 1")).isNull();
    assertThat(LabelHorizon.of("Ref($close, -1)/Ref($close, -2) - 1")).isNull();
    assertThat(LabelHorizon.of("Log(Ref($close, -2)/Ref($close, -1) - 1)")).isNull();
    String day = "Ref($close, -2)/Ref($close, -1) - 1";
    assertThat(LabelHorizon.of(List.of(day, day))).as("two labels").isNull();
  }
}
