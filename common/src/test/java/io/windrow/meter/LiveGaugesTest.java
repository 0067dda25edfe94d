package io.windrow.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveGaugesTest {
  private static final int SCRAPES = 3000;

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LiveGauges gauges =
      LiveGauges.of(MultiGauge.builder("windrow.age").baseUnit("seconds"), meters);
  private final ExecutorService threads = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void a_scrape_sees_what_was_set_last() {
    gauges.set(Map.of(queue("a"), 1.5, queue("b"), 2.0));
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "windrow_age_seconds{queue=\"a\"} 1.5", "windrow_age_seconds{queue=\"b\"} 2.0");

    gauges.set(Map.of(queue("b"), 3.0, queue("c"), 4.0));
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "windrow_age_seconds{queue=\"b\"} 3.0", "windrow_age_seconds{queue=\"c\"} 4.0");

    gauges.set(Map.of());
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "windrow_age_seconds{queue=\"b\"} 0.0", "windrow_age_seconds{queue=\"c\"} 0.0");

    gauges.set(Map.of(queue("c"), 5.0));
    assertThat(lines()).containsExactly("windrow_age_seconds{queue=\"c\"} 5.0");
  }

  @Test
  void what_was_not_counted_for_a_minute_is_no_number() {
    AtomicLong now = new AtomicLong(17);
    Freshness freshness = new Freshness(now::get);
    LiveGauges counts = LiveGauges.of(MultiGauge.builder("windrow.count"), freshness, meters);
    counts.set(Map.of(queue("a"), 7));

    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(lines()).containsExactly("windrow_count{queue=\"a\"} 7.0");
    now.addAndGet(1);
    assertThat(lines()).containsExactly("windrow_count{queue=\"a\"} NaN");

    freshness.renew();
    assertThat(lines()).containsExactly("windrow_count{queue=\"a\"} 7.0");
  }

  @Test
  void a_scrape_never_meets_a_gauge_twice() throws Exception {
    gauges.set(Map.of(queue("a"), 0));
    CountDownLatch begun = new CountDownLatch(1);
    Future<?> setting =
        threads.submit(
            () -> {
              for (int i = 1; !Thread.currentThread().isInterrupted(); i++) {
                gauges.set(i % 3 == 0 ? Map.of() : Map.of(queue("a"), i));
                begun.countDown();
              }
            });
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

    for (int i = 0; i < SCRAPES; i++) {
      assertThat(lines()).hasSize(1);
    }

    assertThat(setting.isDone()).isFalse();
  }

  private List<String> lines() {
    return meters.scrape().lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static Tags queue(String name) {
    return Tags.of("queue", name);
  }
}
