package io.windrow.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void the_same_seed_gives_the_same_faults() {
    assertThat(faults(1)).isEqualTo(faults(1)).isNotEqualTo(faults(2));
  }

  @Test
  void there_is_one_at_each_beat_and_none_after_the_end() {
    List<Planned> faults = Schedule.of(plan(1), Duration.ofSeconds(10), Duration.ofSeconds(31));

    assertThat(faults)
        .extracting(fault -> fault.at().toSeconds())
        .containsExactly(10L, 15L, 20L, 25L, 30L);
  }

  @Test
  void each_kind_comes_but_the_one_nobody_makes() {
    assertThat(faults(1))
        .extracting(Planned::kind)
        .containsAll(Arrays.stream(FaultKind.values()).filter(kind -> kind.weight() > 0).toList())
        .doesNotContain(FaultKind.MACHINE_PAUSE);
  }

  @Test
  void each_worker_is_hit_and_none_that_is_not_there() {
    assertThat(faults(1))
        .filteredOn(fault -> fault.kind().part() == FaultKind.Part.WORKER)
        .extracting(Planned::index)
        .contains(0, 1, 2, 3)
        .allMatch(index -> index < 4);
  }

  @Test
  void a_process_is_left_alone_until_it_is_back() {
    List<Planned> before = new ArrayList<>();
    for (Planned fault : faults(1)) {
      assertThat(before)
          .filteredOn(earlier -> isSameWorker(earlier, fault))
          .allMatch(earlier -> earlier.at().plus(earlier.lasts()).compareTo(fault.at()) < 0);
      before.add(fault);
    }
  }

  @Test
  void a_worker_is_stopped_for_longer_than_its_lease() {
    assertThat(faults(1))
        .filteredOn(fault -> fault.kind() == FaultKind.WORKER_STOP)
        .isNotEmpty()
        .allMatch(fault -> fault.lasts().compareTo(plan(1).lease()) > 0);
  }

  private static boolean isSameWorker(Planned one, Planned other) {
    return one.kind().part() == FaultKind.Part.WORKER
        && other.kind().part() == FaultKind.Part.WORKER
        && one.index() == other.index();
  }

  private static List<Planned> faults(long seed) {
    return Schedule.of(plan(seed), Duration.ZERO, HOUR);
  }

  private static ChaosPlan plan(long seed) {
    return new ChaosPlan(HOUR, 4, seed, Duration.ofSeconds(5), Duration.ofSeconds(15), false);
  }
}
