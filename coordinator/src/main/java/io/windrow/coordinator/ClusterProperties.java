package io.windrow.coordinator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings that all roles of a cluster share, {@code windrow.*}.
 *
 * @param lease how long a claim lives without a heartbeat
 * @param data where market data is
 */
@ConfigurationProperties("windrow")
record ClusterProperties(@DefaultValue("15s") Duration lease, @DefaultValue Data data) {

  /** Below this a heartbeat's way to the store and back is no longer short against a lease. */
  private static final Duration MIN_LEASE = Duration.ofSeconds(1);

  ClusterProperties {
    if (lease.compareTo(MIN_LEASE) < 0) {
      throw new IllegalArgumentException("windrow.lease: use at least 1s, not " + lease);
    }
  }

  /**
   * Market data.
   *
   * @param roots folders a workflow's {@code provider_uri} must lie under
   */
  record Data(@DefaultValue List<Path> roots) {
    Data {
      roots = List.copyOf(roots);
    }
  }
}
