package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.Leadership;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class MongoLeadershipIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private Leadership leadership;

  @BeforeEach
  void empty() {
    leadership = database.empty(Clock.systemUTC()).leadership();
  }

  @Test
  void one_holder_at_a_time_per_role() {
    assertThat(acquire("dispatch", "a", LONG)).isTrue();
    assertThat(acquire("dispatch", "b", LONG)).isFalse();
    assertThat(acquire("dispatch", "a", LONG)).isTrue();
    assertThat(acquire("sweep", "b", LONG)).isTrue();
  }

  @Test
  void of_many_that_come_at_once_one_leads() {
    List<Boolean> results =
        Flux.range(0, 8)
            .flatMap(
                i ->
                    leadership
                        .acquire("dispatch", "c" + i, LONG)
                        .subscribeOn(Schedulers.boundedElastic()))
            .collectList()
            .block();

    assertThat(results).containsOnlyOnce(true);
  }

  @Test
  void giving_up_frees_the_role_at_once_but_only_ones_own() {
    acquire("dispatch", "a", LONG);

    leadership.release("dispatch", "b").block();
    assertThat(acquire("dispatch", "b", LONG)).isFalse();

    leadership.release("dispatch", "a").block();
    assertThat(acquire("dispatch", "b", LONG)).isTrue();
  }

  @Test
  void a_lease_that_is_not_renewed_runs_out() {
    acquire("dispatch", "a", Duration.ofMillis(200));

    Awaitility.await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> acquire("dispatch", "b", LONG));

    assertThat(acquire("dispatch", "a", LONG)).isFalse();
  }

  private boolean acquire(String role, String holder, Duration lease) {
    return leadership.acquire(role, holder, lease).block();
  }
}
