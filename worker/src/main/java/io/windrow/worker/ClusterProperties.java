package io.windrow.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings that all roles of a cluster share, {@code windrow.*}.
 *
 * @param lease how long a claim lives without a heartbeat
 * @param retry how long a failed task waits for its next attempt
 * @param data where market data is
 */
@ConfigurationProperties("windrow")
record ClusterProperties(
    @DefaultValue("15s") Duration lease, @DefaultValue Retry retry, @DefaultValue Data data) {

  /** Below this a heartbeat's way to the store and back is no longer short against a lease. */
  private static final Duration MIN_LEASE = Duration.ofSeconds(1);

  ClusterProperties {
    if (lease.compareTo(MIN_LEASE) < 0) {
      throw new IllegalArgumentException("windrow.lease: use at least 1s, not " + lease);
    }
  }

  /**
   * The pause before a failed task is tried again.
   *
   * @param first after the first attempt; doubled with each further one
   * @param max it never waits longer
   */
  record Retry(@DefaultValue("5s") Duration first, @DefaultValue("5m") Duration max) {}

  /**
   * Market data.
   *
   * @param roots folders a task's {@code provider_uri} must lie under
   */
  record Data(@DefaultValue List<Path> roots) {
    Data {
      roots = List.copyOf(roots);
    }
  }
}
