package io.windrow.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WishTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  @Test
  void the_same_seed_and_number_ask_for_the_same() {
    assertThat(wishes(1)).isEqualTo(wishes(1)).isNotEqualTo(wishes(2));
  }

  @Test
  void it_is_read_back_from_the_definition() {
    assertThat(wishes(1)).allMatch(wish -> wish.equals(Wish.of(wish.section())));
    assertThatThrownBy(() -> Wish.of(Map.of("number", "one"))).hasMessageContaining("number");
  }

  @Test
  void most_are_short_some_take_a_lease_some_fail_some_write() {
    assertThat(wishes(1))
        .anyMatch(wish -> wish.sleepMs() > LEASE.toMillis())
        .anyMatch(wish -> wish.failsIn(1) && !wish.failsIn(3) && !wish.hopeless())
        .anyMatch(wish -> wish.fail().equals("fatal") && wish.hopeless())
        .anyMatch(wish -> wish.fail().equals("retryable") && wish.hopeless())
        .anyMatch(wish -> wish.artifactKb() > 0);
    assertThat(wishes(1).stream().filter(wish -> wish.sleepMs() < 300)).hasSizeGreaterThan(600);
    assertThat(wishes(1)).filteredOn(Wish::hopeless).allMatch(wish -> wish.sleepMs() < 300);
  }

  @Test
  void it_fails_in_the_attempts_it_is_told_to() {
    Wish once = new Wish(0, 10, "retryable", 1, 0);

    assertThat(once.failsIn(1)).isTrue();
    assertThat(once.failsIn(2)).isFalse();
    assertThat(new Wish(0, 10, "none", 6, 0).failsIn(1)).isFalse();
  }

  private static List<Wish> wishes(long seed) {
    return IntStream.range(0, 1_000).mapToObj(i -> Wish.of(seed, i, LEASE)).toList();
  }
}
