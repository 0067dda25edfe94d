package io.windrow.collector.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.windrow.pool.ScoredWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolScoresTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private final PoolScores scores = new PoolScores();

  @Test
  void a_model_has_its_mean_and_that_of_the_windows_that_end_last() {
    add("a", "LGBModel", "2020-06-30", 0.1, 0.2);
    add("b", "qlib.contrib.model.gbdt.LGBModel", "2020-12-31", 0.3, 0.4);
    add("c", "LGBModel", "2020-12-31", 0.5, 0.6);
    add("d", "LinearModel", "2020-01-31", -0.1, -0.2);

    assertThat(scores.windows()).isEqualTo(4);
    assertThat(scores.models()).containsOnlyKeys("LGBModel", "LinearModel");
    PoolScores.OfModel trees = scores.models().get("LGBModel");
    assertThat(trees.ic()).isCloseTo(0.3, within(1e-12));
    assertThat(trees.rankIc()).isCloseTo(0.4, within(1e-12));
    assertThat(trees.lastIc()).isCloseTo(0.4, within(1e-12));
    assertThat(trees.lastRankIc()).isCloseTo(0.5, within(1e-12));
    assertThat(scores.models().get("LinearModel").lastIc()).isEqualTo(-0.1);
  }

  @Test
  void a_window_counts_once_however_often_it_is_met() {
    for (int i = 0; i < 3; i++) {
      add("a", "LGBModel", "2020-06-30", 0.1, 0.2);
      scores.settle();
    }

    assertThat(scores.windows()).isEqualTo(1);
    assertThat(scores.since()).isEqualTo(AT.minus(Duration.ofMinutes(1)));
  }

  @Test
  void what_nobody_knows_as_a_model_is_none_and_a_day_without_a_figure_takes_nothing_away() {
    add("a", "com.example.My'Model", null, 0.1, 0.2);
    add("b", null, "2020-06-30", Double.NaN, 0.4);
    scores.add(new ScoredWindow("c", "LGBModel", "2020-06-30", Map.of("time.noop", 1.0), AT));

    assertThat(scores.windows()).isEqualTo(3);
    assertThat(scores.models()).containsOnlyKeys("none");
    assertThat(scores.models().get("none").ic()).isEqualTo(0.1);
    assertThat(scores.models().get("none").lastIc()).isNaN();
    assertThat(scores.models().get("none").lastRankIc()).isEqualTo(0.4);
  }

  private void add(String id, String model, String end, double ic, double rankIc) {
    scores.add(new ScoredWindow(id, model, end, Map.of("IC", ic, "Rank IC", rankIc), AT));
  }
}
