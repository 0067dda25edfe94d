package io.windrow.collector.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

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
    Map<RollingKey<Integer>, ScoreSeries> results = new LinkedHashMap<>();
    results.put(new RollingKey<>(List.of("m1"), 1), golden.frame("rolling_ensemble", "A"));
    results.put(new RollingKey<>(List.of("m2"), 1), golden.frame("rolling_ensemble", "C"));
    results.put(new RollingKey<>(List.of("m1"), 2), golden.frame("rolling_ensemble", "B"));

    Map<List<String>, Map<Integer, ScoreSeries>> groups = RollingGroup.split(results);

    assertThat(groups.keySet()).containsExactly(List.of("m1"), List.of("m2"));
    groups.forEach(
        (key, windows) ->
            assertThat(
                    RollingEnsembleTest.rows(RollingEnsemble.roll(List.copyOf(windows.values()))))
                .isEqualTo(
                    RollingEnsembleTest.rows(
                        golden.frame("rolling_group", "('" + key.get(0) + "',)"))));
    assertThat(golden.section("rolling_group").size()).isEqualTo(groups.size());
  }

  @Test
  void keepsTheOrderOfKeys() {
    Map<RollingKey<String>, String> results = new LinkedHashMap<>();
    results.put(new RollingKey<>(List.of("b"), "2"), "b2");
    results.put(new RollingKey<>(List.of("a"), "1"), "a1");
    results.put(new RollingKey<>(List.of("b"), "1"), "b1");

    Map<List<String>, Map<String, String>> groups = RollingGroup.split(results);

    assertThat(groups.keySet()).containsExactly(List.of("b"), List.of("a"));
    assertThat(groups.get(List.of("b")).values()).containsExactly("b2", "b1");
  }
}
