package io.windrow.worker.execute;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.windrow.quant.dataset.FeatureCache;
import java.util.function.ToDoubleFunction;

/**
 * The figures of the cache of features. Requests = hits + file hits + misses, one counter by
 * result; a request that gave up waiting counts nowhere.
 */
public final class FeatureMetrics {
  private static final String PREFIX = "windrow.features.cache.";

  private FeatureMetrics() {}

  /** Shows a cache's figures. */
  public static void register(FeatureCache cache, MeterRegistry meters) {
    requests(meters, "hit", cache, FeatureCache::hits);
    requests(meters, "file_hit", cache, FeatureCache::fileHits);
    requests(meters, "miss", cache, FeatureCache::misses);
    FunctionCounter.builder(PREFIX + "evictions", cache, FeatureCache::evictions)
        .description("Panels dropped from memory to keep its bound")
        .register(meters);
    files(meters, "written", cache, FeatureCache::filesWritten);
    files(meters, "failed", cache, FeatureCache::fileFailures);
    bytes(meters, "memory", cache, FeatureCache::bytes);
    bytes(meters, "disk", cache, FeatureCache::fileBytes);
  }

  private static void requests(
      MeterRegistry meters,
      String result,
      FeatureCache cache,
      ToDoubleFunction<FeatureCache> count) {
    FunctionCounter.builder(PREFIX + "requests", cache, count)
        .description("Requests for panels, by where they were found; a miss is computed")
        .tag("result", result)
        .register(meters);
  }

  private static void files(
      MeterRegistry meters,
      String result,
      FeatureCache cache,
      ToDoubleFunction<FeatureCache> count) {
    FunctionCounter.builder(PREFIX + "files", cache, count)
        .description("Files of panels that were written, or could not be written or read")
        .tag("result", result)
        .register(meters);
  }

  private static void bytes(
      MeterRegistry meters, String place, FeatureCache cache, ToDoubleFunction<FeatureCache> size) {
    Gauge.builder(PREFIX + "size", cache, size)
        .description(
            "Size of the panels in memory, and of the files of all workers that share the folder")
        .baseUnit(BaseUnits.BYTES)
        .tag("place", place)
        .register(meters);
  }
}
