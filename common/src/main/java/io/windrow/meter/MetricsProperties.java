package io.windrow.meter;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the meters tell apart, {@code windrow.metrics.*}.
 *
 * @param pools the latest pools have series of their own, so many of them, 1 to 1,000; the others
 *     are told together
 */
@ConfigurationProperties("windrow.metrics")
public record MetricsProperties(@DefaultValue("50") int pools) {
  private static final int MOST_POOLS = 1000;

  public MetricsProperties {
    if (pools < 1 || pools > MOST_POOLS) {
      throw new IllegalArgumentException(
          "windrow.metrics.pools must be 1 to %d, is %d".formatted(MOST_POOLS, pools));
    }
  }
}
