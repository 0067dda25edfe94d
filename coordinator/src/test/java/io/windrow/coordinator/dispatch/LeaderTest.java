package io.windrow.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.pool.Leadership;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class LeaderTest {
  private static final Duration LEASE = Duration.ofSeconds(5);

  private final AtomicLong nanos = new AtomicLong(-1_000_000_000L);
  private Mono<Boolean> answer = Mono.just(true);
  private int released;

  private final Leader leader =
      new Leader(
          new Leadership() {
            @Override
            public Mono<Boolean> acquire(String role, String holder, Duration lease) {
              return answer;
            }

            @Override
            public Mono<Void> release(String role, String holder) {
              released++;
              return Mono.empty();
            }
          },
          "me",
          LEASE,
          nanos::get);

  @Test
  void isActiveFromTheFirstLease() {
    assertThat(leader.active()).isFalse();

    leader.runOnce();

    assertThat(leader.active()).isTrue();
  }

  @Test
  void stopsBeforeAnotherMayBegin() {
    leader.runOnce();

    nanos.addAndGet(Duration.ofSeconds(4).toNanos());

    assertThat(leader.active()).isFalse();
  }

  @Test
  void countsTheLeaseFromBeforeItWasAskedFor() {
    answer =
        Mono.fromCallable(
            () -> {
              nanos.addAndGet(Duration.ofSeconds(4).toNanos()); // a slow store
              return true;
            });

    leader.runOnce();

    assertThat(leader.active()).isFalse();
  }

  @Test
  void stopsAtOnceWhenAnotherHasIt() {
    leader.runOnce();
    answer = Mono.just(false);

    leader.runOnce();

    assertThat(leader.active()).isFalse();
  }

  @Test
  void keepsWhatIsLeftOfTheLeaseWhileTheStoreIsAway() {
    leader.runOnce();
    answer = Mono.error(new IllegalStateException("store away"));

    assertThatThrownBy(leader::runOnce).hasMessage("store away");

    assertThat(leader.active()).isTrue();
    nanos.addAndGet(LEASE.toNanos());
    assertThat(leader.active()).isFalse();
  }

  @Test
  void resignsOnceAndOnlyIfItHasIt() {
    leader.resign();
    assertThat(released).isZero();

    leader.runOnce();
    leader.resign();
    leader.resign();

    assertThat(released).isEqualTo(1);
    assertThat(leader.active()).isFalse();
  }
}
