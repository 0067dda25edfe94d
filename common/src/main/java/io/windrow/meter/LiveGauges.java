package io.windrow.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;

/**
 * A gauge for each of some tags that come and go. A gauge is registered once and reads the value
 * that was set last: one that is replaced by another may be missed by a scrape, or be seen twice,
 * and then the scrape fails. So the last gauges of all stay, as 0, when their tags are gone.
 */
public final class LiveGauges {
  private final MultiGauge gauges;
  private final DoubleUnaryOperator told;
  private final Map<Tags, Number> values = new ConcurrentHashMap<>();

  private LiveGauges(MultiGauge gauges, DoubleUnaryOperator told) {
    this.gauges = gauges;
    this.told = told;
  }

  /** Without a value yet. */
  public static LiveGauges of(MultiGauge.Builder gauges, MeterRegistry meters) {
    return new LiveGauges(gauges.register(meters), value -> value);
  }

  /** Without a value yet; its values are told while they are fresh. */
  public static LiveGauges of(
      MultiGauge.Builder gauges, Freshness freshness, MeterRegistry meters) {
    return new LiveGauges(gauges.register(meters), freshness::of);
  }

  /** Sets all values; the gauges of other tags go. */
  public void set(Map<Tags, ? extends Number> current) {
    if (current.isEmpty()) {
      values.replaceAll((tags, value) -> 0);
      return;
    }
    values.putAll(current);
    values.keySet().retainAll(current.keySet());
    gauges.register(rows(), false);
  }

  private List<MultiGauge.Row<?>> rows() {
    return values.keySet().stream().<MultiGauge.Row<?>>map(this::row).toList();
  }

  private MultiGauge.Row<?> row(Tags tags) {
    return MultiGauge.Row.of(
        tags, values, all -> told.applyAsDouble(all.getOrDefault(tags, 0).doubleValue()));
  }
}
