package io.windrow.quant.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.dataset.FeatureCache.Recipe;
import io.windrow.quant.panel.Panel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
  private static final long LARGE = 1 << 20;
  private static final Key A = new Key("a");
  private static final Key B = new Key("b");
  private static final Key C = new Key("c");
  private static final long ONE = size(Panels.random(0, 1, 1));

  private record Key(String name) {}

  @TempDir private Path folder;
  private final AtomicInteger computed = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void computesOnceForAllWhoAskAtTheSameTime() throws Exception {
    FeatureCache cache = inMemory(LARGE);
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Panel panel = Panels.random(1, 2, 2);
    Future<List<Panel>> first =
        threads.submit(
            () ->
                cache.get(
                    A,
                    FeatureCacheTest::goOn,
                    recipe(
                        () -> {
                          computing.countDown();
                          waitFor(asked);
                          return panel;
                        })));
    waitFor(computing);
    // The second asks while the first computes: its checkpoint runs only while it waits.
    Future<List<Panel>> second = threads.submit(() -> cache.get(A, asked::countDown, one(2)));

    assertThat(first.get(1, TimeUnit.MINUTES)).containsExactly(panel);
    assertThat(second.get(1, TimeUnit.MINUTES)).containsExactly(panel);
    assertThat(List.of(cache.hits(), cache.misses())).containsExactly(1L, 1L);
    assertThat(cache.bytes()).isEqualTo(size(panel));
  }

  @Test
  void dropsTheLeastRecentlyUsed() {
    FeatureCache cache = inMemory(ONE * 5 / 2);
    get(cache, A);
    get(cache, B);
    get(cache, A);

    get(cache, C);

    assertThat(cache.bytes()).isEqualTo(2 * ONE);
    assertThat(cache.evictions()).isEqualTo(1);
    assertThat(computed).hasValue(3);
    get(cache, A);
    assertThat(computed).hasValue(3);
    get(cache, B);
    assertThat(computed).hasValue(4);
  }

  @Test
  void keepsNothingThatIsTooLarge() {
    FeatureCache cache = inMemory(ONE - 1);

    assertThat(get(cache, A)).hasSize(1);

    assertThat(cache.bytes()).isZero();
  }

  @Test
  void whatEntriesShareCountsOnceUntilTheLastHasGone() {
    Panel shared = Panels.random(1, 1, 1);
    FeatureCache cache = inMemory(2 * ONE);
    cache.get(A, FeatureCacheTest::goOn, recipe(() -> shared));
    cache.get(B, FeatureCacheTest::goOn, on(shared, 2));
    assertThat(cache.bytes()).isEqualTo(2 * ONE);

    get(cache, C); // dropping A alone would free nothing: B holds its block
    assertThat(cache.bytes()).isEqualTo(ONE);
    assertThat(cache.evictions()).isEqualTo(2);
  }

  @Test
  void panelsInUseOutliveTheirEviction() {
    FeatureCache cache = inMemory(ONE);
    List<Panel> used = get(cache, A);
    get(cache, B);

    Panels.assertSame(used, List.of(Panels.random(0, 1, 1)));
    assertThat(cache.bytes()).isEqualTo(ONE);
  }

  @Test
  void aFailureIsNotShared() throws Exception {
    FeatureCache cache = inMemory(LARGE);
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Future<List<Panel>> cancelled =
        threads.submit(
            () ->
                cache.get(
                    A,
                    FeatureCacheTest::goOn,
                    recipe(
                        () -> {
                          computing.countDown();
                          waitFor(asked);
                          throw new CancellationException("first");
                        })));
    waitFor(computing);
    Panel panel = Panels.random(1, 1, 1);
    Future<List<Panel>> patient =
        threads.submit(() -> cache.get(A, asked::countDown, recipe(() -> panel)));

    assertThat(patient.get(1, TimeUnit.MINUTES)).containsExactly(panel);
    assertThatThrownBy(() -> cancelled.get(1, TimeUnit.MINUTES))
        .hasRootCauseInstanceOf(CancellationException.class);
    assertThat(cache.misses()).isEqualTo(2);
    assertThat(cache.bytes()).isEqualTo(size(panel));
  }

  @Test
  void whoGivesUpWaitingLeavesTheComputationAlone() throws Exception {
    FeatureCache cache = inMemory(LARGE);
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Panel panel = Panels.random(1, 1, 1);
    Future<List<Panel>> first =
        threads.submit(
            () ->
                cache.get(
                    A,
                    FeatureCacheTest::goOn,
                    recipe(
                        () -> {
                          computing.countDown();
                          waitFor(goOn);
                          return panel;
                        })));
    waitFor(computing);

    assertThatThrownBy(
            () ->
                cache.get(
                    A,
                    () -> {
                      throw new CancellationException("no patience");
                    },
                    one(1)))
        .isInstanceOf(CancellationException.class)
        .hasMessage("no patience");
    goOn.countDown();

    assertThat(first.get(1, TimeUnit.MINUTES)).containsExactly(panel);
    assertThat(List.of(cache.hits(), cache.misses())).containsExactly(0L, 1L);
  }

  @Test
  void aFailedComputationIsForgotten() {
    FeatureCache cache = withFiles(LARGE);
    assertThatThrownBy(
            () ->
                cache.get(
                    A,
                    FeatureCacheTest::goOn,
                    recipe(
                        () -> {
                          throw new IllegalStateException("no data");
                        })))
        .hasMessage("no data");

    assertThat(cache.filesWritten()).isZero();
    assertThat(get(cache, A)).hasSize(1);
    assertThat(computed).hasValue(1);
  }

  @Test
  void whatWasDroppedComesBackFromItsFile() {
    FeatureCache cache = withFiles(ONE);
    List<Panel> panels = get(cache, A);
    get(cache, B);

    Panels.assertSame(get(cache, A), panels);

    assertThat(computed).hasValue(2);
    assertThat(List.of(cache.hits(), cache.fileHits(), cache.misses())).containsExactly(0L, 1L, 2L);
    assertThat(cache.filesWritten()).isEqualTo(2);
    assertThat(cache.evictions()).isEqualTo(2);
    assertThat(cache.fileBytes()).isGreaterThan(2 * PanelHeader.BYTES);
  }

  @Test
  void anotherCacheOfTheFolderComputesNothing() {
    List<Panel> panels = get(withFiles(LARGE), A);

    FeatureCache restarted = withFiles(LARGE);
    Panels.assertSame(get(restarted, A), panels);
    get(restarted, A);

    assertThat(computed).hasValue(1);
    assertThat(List.of(restarted.hits(), restarted.fileHits(), restarted.misses()))
        .containsExactly(1L, 1L, 0L);
  }

  @Test
  void whatIsReadSharesTheBlocksOfItsBase() {
    Panel base = Panels.random(1, 3, 2);
    withFiles(LARGE).get(A, FeatureCacheTest::goOn, on(base, 2));

    Panel again = Panels.random(1, 3, 2);
    FeatureCache restarted = withFiles(LARGE);
    List<Panel> read = restarted.get(A, FeatureCacheTest::goOn, on(again, 2));

    assertThat(restarted.fileHits()).isEqualTo(1);
    assertThat(read.get(0)).isSameAs(again);
    assertThat(read.get(1).days().get(0)).isSameAs(again.days().get(0));
    Panels.assertSame(read, Stream.concat(Stream.of(again), stages(again, 2).stream()).toList());
  }

  @Test
  void aFileThatIsDeletedUnderneathCostsOneComputation() throws Exception {
    FeatureCache cache = withFiles(ONE);
    get(cache, A);
    get(cache, B);
    delete(folder);

    assertThat(get(cache, A)).hasSize(1);

    assertThat(computed).hasValue(3);
    assertThat(cache.fileFailures()).isZero();
    assertThat(cache.filesWritten()).isEqualTo(3);
  }

  @Test
  void aFolderThatCannotBeWrittenCostsOnlyTheFiles() throws Exception {
    FeatureCache cache = withFiles(LARGE);
    delete(folder);
    Files.delete(folder);
    Files.createFile(folder);

    assertThat(get(cache, A)).hasSize(1);
    assertThat(get(cache, B)).hasSize(1);

    assertThat(cache.filesWritten()).isZero();
    assertThat(cache.fileFailures()).isPositive();
    assertThat(cache.fileBytes()).isZero();
    assertThat(cache.bytes()).isEqualTo(2 * ONE);
    assertThatThrownBy(() -> withFiles(LARGE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot make the folder " + folder);
  }

  @Test
  void everyRequestIsCountedOnce() throws Exception {
    FeatureCache cache = withFiles(2 * ONE);
    int requests = 400;
    List<Future<List<Panel>>> all = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < requests; i++) {
      int key = random.nextInt(5);
      all.add(
          threads.submit(() -> cache.get(new Key("k" + key), FeatureCacheTest::goOn, one(key))));
    }
    for (Future<List<Panel>> each : all) {
      each.get(1, TimeUnit.MINUTES);
    }

    assertThat(cache.hits() + cache.fileHits() + cache.misses()).isEqualTo(requests);
    assertThat(cache.misses()).isEqualTo(computed.get());
    assertThat(cache.fileHits()).isPositive();
    assertThat(cache.fileFailures()).isZero();
    // What came is what went or is still there.
    assertThat(cache.fileHits() + cache.misses() - cache.evictions())
        .isEqualTo(cache.bytes() / ONE);
  }

  private FeatureCache withFiles(long memory) {
    return new FeatureCache(
        new CacheSettings(memory, Optional.of(new CacheSettings.Files(folder, LARGE))));
  }

  private static FeatureCache inMemory(long bytes) {
    return new FeatureCache(CacheSettings.inMemory(bytes));
  }

  private List<Panel> get(FeatureCache cache, Key key) {
    return cache.get(key, FeatureCacheTest::goOn, one(0));
  }

  private static void goOn() {}

  private interface Computation {
    Panel compute();
  }

  /** A panel of one block with three rows. */
  private Recipe one(int seed) {
    return recipe(
        () -> {
          computed.incrementAndGet();
          return Panels.random(seed, 1, 1);
        });
  }

  private static Recipe recipe(Computation computation) {
    return new Recipe() {
      @Override
      public List<Panel> base() {
        return List.of();
      }

      @Override
      public List<Panel> compute(List<Panel> base) {
        return List.of(computation.compute());
      }
    };
  }

  /** The base and a panel that has its first day, and another one of its own. */
  private static Recipe on(Panel base, int seed) {
    return new Recipe() {
      @Override
      public List<Panel> base() {
        return List.of(base);
      }

      @Override
      public List<Panel> compute(List<Panel> given) {
        return stages(given.get(0), seed);
      }
    };
  }

  private static List<Panel> stages(Panel base, int seed) {
    Panel own = Panels.random(seed, 1, base.columns().size());
    return List.of(
        new Panel(base.columns(), base.symbols(), List.of(base.days().get(0), own.days().get(0))));
  }

  private static long size(Panel panel) {
    PanelBytes bytes = new PanelBytes();
    bytes.hold(List.of(panel));
    return bytes.bytes();
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
