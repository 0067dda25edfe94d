package io.windrow.collector;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the collector.
 *
 * @param group name of the consumer group on the results topic; collectors that share a group share
 *     the work
 * @param batch most results taken in at once, 1 to 10,000
 * @param retryUpTo longest pause between two attempts to store a batch while the store is away
 * @param reconcileEvery how often the collected results are compared with the pool
 * @param foldEvery how often what has arrived is folded into its series
 * @param lagEvery how often the lag behind the results topic is measured
 * @param storeTimeout longest wait for one answer of the store or the broker
 * @param seriesCache memory for rolled series and back-tests that were asked for lately
 * @param parallelFetches artifacts read at the same time for one series, 1 to 64
 */
@ConfigurationProperties("windrow.collector")
public record CollectorProperties(
    @DefaultValue("windrow.collector") String group,
    @DefaultValue("1000") int batch,
    @DefaultValue("10s") Duration retryUpTo,
    @DefaultValue("30s") Duration reconcileEvery,
    @DefaultValue("1s") Duration foldEvery,
    @DefaultValue("5s") Duration lagEvery,
    @DefaultValue("30s") Duration storeTimeout,
    @DefaultValue("256MB") DataSize seriesCache,
    @DefaultValue("4") int parallelFetches) {

  public CollectorProperties {
    require(!group.isBlank(), "group", "must not be blank", group);
    require(batch >= 1 && batch <= 10_000, "batch", "must be 1 to 10000", batch);
    require(positive(retryUpTo), "retry-up-to", "must be longer than 0", retryUpTo);
    require(positive(reconcileEvery), "reconcile-every", "must be longer than 0", reconcileEvery);
    require(positive(foldEvery), "fold-every", "must be longer than 0", foldEvery);
    require(positive(lagEvery), "lag-every", "must be longer than 0", lagEvery);
    require(positive(storeTimeout), "store-timeout", "must be longer than 0", storeTimeout);
    require(!seriesCache.isNegative(), "series-cache", "must not be negative", seriesCache);
    require(
        parallelFetches >= 1 && parallelFetches <= 64,
        "parallel-fetches",
        "must be 1 to 64",
        parallelFetches);
  }

  private static boolean positive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void require(boolean holds, String key, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "windrow.collector.%s %s, is '%s'".formatted(key, rule, value));
    }
  }
}
