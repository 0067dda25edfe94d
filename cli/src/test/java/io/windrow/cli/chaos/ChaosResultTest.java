package io.windrow.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.chaos.ChaosResult.Times;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChaosResultTest {
  private final SampleHistory sample = new SampleHistory();

  @Test
  void a_good_history_holds_and_is_counted() {
    ChaosResult result = result(List.of());

    assertThat(result.held()).isTrue();
    assertThat(result.lost()).isZero();
    assertThat(result.duplicated()).isZero();
    assertThat(Report.lines(result))
        .contains(
            "tasks: 3 submitted (2 done, 1 failed); attempts: 2 done, 1 expired, 1 failed, 1 retry",
            "lost 0, duplicated 0, fenced writes 5",
            "held: no outcome is overwritten")
        .anyMatch(line -> line.startsWith("worker killed  no               1  16.0 s"))
        .noneMatch(line -> line.contains("BROKEN"));
  }

  @Test
  void what_is_lost_or_overwritten_does_not_hold() {
    sample.submitted = 4;
    sample.published.add(new History.Told("a", new History.End("failed", 99, null)));

    ChaosResult result = result(List.of());

    assertThat(result.held()).isFalse();
    assertThat(result.lost()).isEqualTo(1);
    assertThat(result.duplicated()).isEqualTo(1);
    assertThat(Report.lines(result)).contains("BROKEN 1 times: no outcome is overwritten");
  }

  @Test
  void a_process_that_ended_by_itself_does_not_hold() {
    assertThat(result(List.of("worker-1")).held()).isFalse();
  }

  @Test
  void percentiles_are_those_of_the_nearest_rank() {
    List<Duration> times = LongStream.rangeClosed(1, 150).mapToObj(Duration::ofSeconds).toList();

    assertThat(Times.of(FaultKind.WORKER_KILL, true, times))
        .isEqualTo(
            new Times(
                FaultKind.WORKER_KILL,
                true,
                150,
                Duration.ofSeconds(75),
                Duration.ofSeconds(149),
                Duration.ofSeconds(150)));
  }

  private ChaosResult result(List<String> endedAlone) {
    ChaosPlan plan =
        new ChaosPlan(
            Duration.ofMinutes(1), 2, 1, Duration.ofSeconds(5), Duration.ofSeconds(15), false);
    History history = sample.history();
    return ChaosResult.of(plan, history, Recovery.ofKilledWorkers(history), 5, endedAlone);
  }
}
