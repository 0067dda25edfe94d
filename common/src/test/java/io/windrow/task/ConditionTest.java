package io.windrow.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  private static final Map<String, Double> METRICS =
      Map.of("IC", 0.03, "Rank IC", -0.01, "l2.valid", 0.99, "best_iteration", 5.0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "IC > 0.02 | true",
        "IC>=0.03 | true",
        "0.03 == IC | true",
        "IC != 3e-2 | false",
        "\"Rank IC\" < 0 and l2.valid <= 0.99 | true",
        "IC < 0 or best_iteration < 6 and IC > 1 | false",
        "(IC < 0 or best_iteration < 6) and IC > -.5 | true",
        "not IC > 0.02 | false",
        "not (IC < 0 or IC > 1) | true",
        "not not IC > 0 | true",
        "missing > 0 | false",
        "missing <= 0 | false",
        "missing == missing | false",
        "missing != 1 | false"
      })
  void a_condition_holds_or_not(String text, boolean holds) {
    assertThat(Condition.parse(text).test(METRICS)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "IC | position 3",
        "IC > | position 5",
        "IC > 1 IC | position 8",
        "(IC > 1 | position 8",
        "exec(1) > 0 | position 5",
        "IC > 1; x | position 7",
        "and > 1 | position 1",
        "IC = 1 | position 4",
        "1 < IC < 2 | position 8"
      })
  void what_is_none_is_refused_with_its_position(String text, String position) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(position);
  }

  @Test
  void depth_and_length_are_bounded() {
    assertThatThrownBy(() -> Condition.parse("(".repeat(500)))
        .hasMessageContaining("nested deeper");
    assertThatThrownBy(() -> Condition.parse("x".repeat(2_000)))
        .hasMessageContaining("1,000 characters");
  }
}
