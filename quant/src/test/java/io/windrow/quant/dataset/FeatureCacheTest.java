package io.windrow.quant.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.dataset.FeatureCache.Weighed;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeatureCacheTest {

  private final AtomicInteger computed = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void computesOnceForAllWhoAskAtTheSameTime() throws Exception {
    FeatureCache cache = new FeatureCache(1000);
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Future<String> first =
        threads.submit(
            () ->
                cache.get(
                    "k",
                    String.class,
                    FeatureCacheTest::goOn,
                    () -> {
                      computing.countDown();
                      waitFor(asked);
                      return value("v", 10).get();
                    }));
    waitFor(computing);
    // The second asks while the first computes: its checkpoint runs only while it waits.
    Future<String> second =
        threads.submit(() -> cache.get("k", String.class, asked::countDown, value("other", 10)));

    assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo("v");
    assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo("v");
    assertThat(List.of(cache.hits(), cache.misses(), cache.bytes())).containsExactly(1L, 1L, 10L);
  }

  @Test
  void dropsTheLeastRecentlyUsed() {
    FeatureCache cache = new FeatureCache(25);
    cache.get("a", String.class, FeatureCacheTest::goOn, value("a", 10));
    cache.get("b", String.class, FeatureCacheTest::goOn, value("b", 10));
    cache.get("a", String.class, FeatureCacheTest::goOn, value("a", 10));

    cache.get("c", String.class, FeatureCacheTest::goOn, value("c", 10));

    assertThat(cache.bytes()).isEqualTo(20);
    assertThat(computed).hasValue(3);
    cache.get("a", String.class, FeatureCacheTest::goOn, value("a", 10));
    assertThat(computed).hasValue(3);
    cache.get("b", String.class, FeatureCacheTest::goOn, value("b", 10));
    assertThat(computed).hasValue(4);
  }

  @Test
  void keepsNothingThatIsTooLarge() {
    FeatureCache cache = new FeatureCache(5);

    assertThat(cache.get("a", String.class, FeatureCacheTest::goOn, value("a", 10))).isEqualTo("a");

    assertThat(cache.bytes()).isZero();
  }

  @Test
  void aFailureIsNotShared() throws Exception {
    FeatureCache cache = new FeatureCache(100);
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Future<String> cancelled =
        threads.submit(
            () ->
                cache.get(
                    "k",
                    String.class,
                    FeatureCacheTest::goOn,
                    () -> {
                      computing.countDown();
                      waitFor(asked);
                      throw new CancellationException("first");
                    }));
    waitFor(computing);
    Future<String> patient =
        threads.submit(() -> cache.get("k", String.class, asked::countDown, value("v", 1)));

    assertThat(patient.get(5, TimeUnit.SECONDS)).isEqualTo("v");
    assertThatThrownBy(() -> cancelled.get(5, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(CancellationException.class);
  }

  private static void goOn() {}

  private Supplier<Weighed<String>> value(String value, long bytes) {
    return () -> {
      computed.incrementAndGet();
      return new Weighed<>(value, bytes);
    };
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
