package io.windrow.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.bench.ApiBenchResult.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark with few tasks; 100,000 are for {@code windrow bench api}. */
class ApiBenchIT {

  @Test
  void asks_every_address_of_a_cluster_at_work_and_tells_as_it_goes() {
    List<String> told = new ArrayList<>();

    ApiBenchResult result = ApiBench.run(400, 2, new ToldProgress(told));

    assertThat(result.tasks()).isBetween(390L, 410L);
    assertThat(result.endpoints())
        .extracting(Endpoint::name)
        .doesNotHaveDuplicates()
        .contains(
            "GET /tasks",
            "GET /pools/{name}/windows",
            "GET /throughput",
            "GET /events, first",
            "GET /experiments/{name}/recorders?param",
            "GET /collections/{submission}");
    assertThat(result.endpoints())
        .allSatisfy(
            one -> {
              assertThat(one.p50Millis()).isPositive().isLessThanOrEqualTo(one.p95Millis());
              assertThat(one.p95Millis()).isLessThanOrEqualTo(one.maxMillis());
              assertThat(one.bytes()).isPositive();
            });
    assertThat(bytes(result, "GET /tasks?pool&state=done"))
        .as("most tasks are done")
        .isGreaterThan(bytes(result, "GET /tasks?pool&state=failed"));
    assertThat(bytes(result, "GET /collections/{submission}/groups/0/pred"))
        .as("100 scores of each of 100 windows, 16 bytes each")
        .isGreaterThan(160_000);
    assertThat(result.listening().changesPerSecond()).isPositive();
    assertThat(result.listening().bytes()).isPositive();
    assertThat(told)
        .contains("4 of 4: submitted and worked on")
        .last()
        .asString()
        .startsWith(result.endpoints().size() + " of " + result.endpoints().size() + ": GET ");
  }

  @Test
  void percentiles_are_of_what_was_measured() {
    double[] millis = new double[20];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = 20 - i;
    }
    millis[0] = 300;

    Endpoint slowest = Endpoint.of("GET /a", millis, 1, 10);
    Endpoint only = Endpoint.of("GET /b", new double[] {201}, 1, 10);

    assertThat(slowest.p50Millis()).isEqualTo(10);
    assertThat(slowest.p95Millis()).isEqualTo(19);
    assertThat(slowest.maxMillis()).isEqualTo(300);
    ApiBenchResult.Side side = new ApiBenchResult.Side(only, 1);
    assertThat(
            new ApiBenchResult(
                    1,
                    200,
                    List.of(slowest, only),
                    new ApiBenchResult.Listening(1, 1, side, side),
                    1)
                .over())
        .containsExactly(only);
  }

  private static long bytes(ApiBenchResult result, String name) {
    return result.endpoints().stream()
        .filter(one -> one.name().equals(name))
        .mapToLong(Endpoint::bytes)
        .findFirst()
        .orElseThrow();
  }
}
