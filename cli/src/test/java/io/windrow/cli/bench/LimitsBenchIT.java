package io.windrow.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.windrow.cli.bench.LimitsBench.Servers;
import io.windrow.cli.bench.LimitsBenchResult.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark in a hurry; {@code windrow bench limits} takes its time. */
class LimitsBenchIT {
  private static final int LARGEST_RENEWAL = 2;

  @Test
  void measures_every_kind_of_call_and_tells_as_it_goes() {
    List<String> told = new ArrayList<>();

    LimitsBenchResult result =
        LimitsBench.run(Servers.EMBEDDED, Duration.ofMillis(200), 1_000, new ToldProgress(told));

    assertThat(result.limits()).hasSize(StoreLimits.KINDS + BrokerLimits.KINDS);
    assertThat(result.limits())
        .allSatisfy(
            limit -> {
              assertThat(limit.callsPerSecond()).as(limit.what()).isPositive();
              assertThat(limit.perSecond()).as(limit.what()).isPositive();
            });
    assertThat(result.limits())
        .extracting(Limit::what)
        .containsSubsequence(
            "renewals",
            "beats",
            "artifacts written",
            "artifacts read",
            "outcomes collected",
            "tasks counted",
            "announcements");
    Limit largest = result.limits().get(LARGEST_RENEWAL);
    assertThat(largest.size()).isEqualTo("64 leases");
    assertThat(largest.perSecond()).isCloseTo(64 * largest.callsPerSecond(), offset(1e-6));
    assertThat(told).hasSize(result.limits().size());
  }
}
