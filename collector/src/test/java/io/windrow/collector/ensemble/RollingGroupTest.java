package io.windrow.collector.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.windrow.collector.ensemble.Results.Keyed;
import io.windrow.quant.evaluate.ScoreSeries;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollingGroupTest {
  private final GoldenFrames golden = new GoldenFrames();

  RollingGroupTest() throws IOException {}

  /** The reference run had m1 with windows A and B, m2 with window C. */
  @Test
  void groupsAndRollsAsQlibDoes() {
    Map<Object, ScoreSeries> results = new LinkedHashMap<>();
    results.put(List.of("m1", 1), golden.frame("rolling_ensemble", "A"));
    results.put(List.of("m2", 1), golden.frame("rolling_ensemble", "C"));
    results.put(List.of("m1", 2), golden.frame("rolling_ensemble", "B"));

    Map<Object, ScoreSeries> rolled = RollingGroup.rolled().apply(Results.of(results)).flat();

    assertThat(rolled.keySet()).containsExactly(List.of("m1"), List.of("m2"));
    rolled.forEach(
        (key, series) ->
            assertThat(RollingEnsembleTest.rows(series))
                .isEqualTo(
                    RollingEnsembleTest.rows(
                        golden.frame("rolling_group", "('" + ((List<?>) key).get(0) + "',)"))));
    assertThat(golden.section("rolling_group").size()).isEqualTo(rolled.size());
  }

  @Test
  void keepsTheOrderOfKeysAndAllPartsButTheLast() {
    Map<Object, String> results = new LinkedHashMap<>();
    results.put(List.of("b", "x", "2"), "b2");
    results.put(List.of("a", "x", "1"), "a1");
    results.put(List.of("b", "x", "1"), "b1");

    Map<Object, Keyed<String>> groups = RollingGroup.split(Results.of(results));

    assertThat(groups.keySet()).containsExactly(List.of("b", "x"), List.of("a", "x"));
    assertThat(groups.get(List.of("b", "x")).flat()).containsExactly(entry("2"), entry("1"));
  }

  /** The golden file keeps Qlib's answer: TypeError: Expected `tuple` type, but got a value `k`. */
  @Test
  void refusesAKeyThatIsNoTuple() {
    assertThat(golden.section("rolling_group_nontuple").asString())
        .startsWith("TypeError")
        .endsWith("`k`");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RollingGroup.split(Results.of(Map.of("k", 1))))
        .withMessageContaining("tuple")
        .withMessageContaining("'k'");
  }

  @Test
  void refusesASingleResult() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RollingGroup.rolled().apply(new Results.One<>(ScoreSeries.builder().build())))
        .withMessageContaining("single result");
  }

  private static Map.Entry<Object, String> entry(String window) {
    return Map.entry(window, "b" + window);
  }
}
