package io.windrow.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownNamesTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private final NamedCounters counters =
      new NamedCounters(meters, "windrow.things", "Things", "queue", Tags.of("kind", "first"));

  @Test
  void the_first_are_told_apart_and_all_others_together() {
    ShownNames shown = ShownNames.first(2, List.of("new", "old", "new", "older", "oldest"));

    assertThat(List.of("new", "old", "older", "oldest", "unheard"))
        .extracting(shown::tag)
        .containsExactly("new", "old", "(others)", "(others)", "(others)");
  }

  @Test
  void a_name_that_is_known_counts_from_0() {
    counters.know(List.of("a", "b"));
    counters.of("b").increment(2);

    assertThat(meters.get("windrow.things").tags("queue", "a", "kind", "first").counter().count())
        .isZero();
    assertThat(meters.get("windrow.things").tags("queue", "b", "kind", "first").counter().count())
        .isEqualTo(2);
  }

  @Test
  void thousands_of_names_make_a_hundred_counters() {
    IntStream.range(0, 3_000).forEach(i -> counters.of("q" + i).increment());
    counters.of("q2999").increment();

    assertThat(meters.find("windrow.things").counters()).hasSize(NamedCounters.MOST + 1);
    assertThat(meters.get("windrow.things").tag("queue", "(others)").counter().count())
        .isEqualTo(3_000 - NamedCounters.MOST + 1);
    assertThat(meters.find("windrow.things").counters().stream().mapToDouble(Counter::count).sum())
        .isEqualTo(3_001);
  }

  @Test
  void how_many_pools_are_shown_has_bounds() {
    assertThat(new MetricsProperties(1).pools()).isEqualTo(1);
    assertThat(new MetricsProperties(1000).pools()).isEqualTo(1000);
    for (int wrong : new int[] {0, -1, 1001}) {
      assertThatThrownBy(() -> new MetricsProperties(wrong))
          .hasMessage("windrow.metrics.pools must be 1 to 1000, is " + wrong);
    }
  }
}
