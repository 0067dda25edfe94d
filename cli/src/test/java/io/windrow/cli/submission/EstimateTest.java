package io.windrow.cli.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Estimate estimate = new Estimate(nanos::get);

  @Test
  void goes_by_what_ended_while_it_was_watched() {
    assertThat(seen(0, 10, 100)).isEmpty();
    assertThat(seen(30, 11, 100)).isEmpty();
    assertThat(seen(60, 12, 100)).isEqualTo("about 44 min left");
    assertThat(seen(100, 60, 100)).isEqualTo("about 80 s left");
    assertThat(seen(101, 99, 100)).isEqualTo("about 1 s left");
    assertThat(seen(102, 100, 100)).isEmpty();
  }

  @Test
  void long_waits_are_told_in_hours() {
    seen(0, 0, 1000);
    assertThat(seen(3600, 10, 1000)).isEqualTo("about 99 h left");
  }

  private String seen(long second, long ended, long all) {
    nanos.set(TimeUnit.SECONDS.toNanos(second));
    return estimate.seen(ended, all);
  }
}
