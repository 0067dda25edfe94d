package io.windrow.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.windrow.pool.CollectSettings.Ensemble;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectSettingsTest {

  @Test
  void readsWhatItWrites() {
    CollectSettings all =
        new CollectSettings(
            List.of(Ensemble.ROLLING, Ensemble.AVERAGE), List.of("model.class"), List.of("pred"));

    assertThat(all.json())
        .isEqualTo(
            Map.of(
                "ensemble",
                List.of("rolling", "average"),
                "key",
                List.of("model.class"),
                "artifacts",
                List.of("pred")));
    assertThat(CollectSettings.of(all.json())).isEqualTo(all);
    assertThat(CollectSettings.of(Map.of())).isEqualTo(CollectSettings.DEFAULT);
    assertThat(CollectSettings.DEFAULT.json()).isEqualTo(Map.of("ensemble", "rolling"));
    assertThat(CollectSettings.of(Map.of("ensemble", List.of())).ensembles()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "average rolling, rolling must come first",
    "average single, average must come last",
    "rolling single average, single must come last",
    "rolling rolling, rolling must come first",
    "averge, is no ensemble"
  })
  void refusesStepsThatLeaveNothingToDo(String ensembles, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectSettings.of(Map.of("ensemble", List.of(ensembles.split(" ")))))
        .withMessageContaining(message);
  }

  @Test
  void refusesUnknownArtifactsAndEndlessKeys() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectSettings.of(Map.of("artifacts", "model")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectSettings.of(Map.of("artifacts", List.of())));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectSettings.of(Map.of("key", "x".repeat(1001))));
  }
}
