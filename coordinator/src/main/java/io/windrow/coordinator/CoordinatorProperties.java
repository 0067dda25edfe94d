package io.windrow.coordinator;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the coordinator.
 *
 * @param leaderLease how long the active coordinator may be silent before another takes over
 * @param storeTimeout longest wait for one answer of the store
 * @param brokerTimeout longest wait for the broker to confirm one batch of records
 * @param maxTasks most tasks of one submission, 1 to 200,000: its document lists their ids
 * @param resumeAfter a submission that is still inserting after so long has lost its coordinator
 * @param publishAfter results that no worker has published for so long are published
 * @param dispatch how queues are filled
 * @param housekeeping how what nothing refers to is removed
 * @param workers how long silent workers are remembered
 */
@ConfigurationProperties("windrow.coordinator")
record CoordinatorProperties(
    @DefaultValue("5s") Duration leaderLease,
    @DefaultValue("30s") Duration storeTimeout,
    @DefaultValue("15s") Duration brokerTimeout,
    @DefaultValue("100000") int maxTasks,
    @DefaultValue("30s") Duration resumeAfter,
    @DefaultValue("10s") Duration publishAfter,
    @DefaultValue Dispatch dispatch,
    @DefaultValue Housekeeping housekeeping,
    @DefaultValue Workers workers) {

  CoordinatorProperties {
    positive("leader-lease", leaderLease);
    positive("store-timeout", storeTimeout);
    positive("broker-timeout", brokerTimeout);
    require(maxTasks >= 1 && maxTasks <= 200_000, "max-tasks", "must be 1 to 200000", maxTasks);
    positive("resume-after", resumeAfter);
    positive("publish-after", publishAfter);
  }

  /**
   * How queues are filled.
   *
   * @param window most tasks of a queue that are announced and not taken, 1 to 1,000
   * @param reannounceAfter how long an announced task may wait before its record is looked after
   * @param pause between two looks when there is nothing to do
   */
  record Dispatch(
      @DefaultValue("64") int window,
      @DefaultValue("10s") Duration reannounceAfter,
      @DefaultValue("200ms") Duration pause) {
    Dispatch {
      require(window >= 1 && window <= 1000, "dispatch.window", "must be 1 to 1000", window);
      positive("dispatch.reannounce-after", reannounceAfter);
      positive("dispatch.pause", pause);
    }
  }

  /**
   * How what nothing refers to is removed.
   *
   * @param every pause between two sweeps
   * @param grace what is younger is left alone: it may be under way
   */
  record Housekeeping(@DefaultValue("10m") Duration every, @DefaultValue("1h") Duration grace) {
    Housekeeping {
      positive("housekeeping.every", every);
      positive("housekeeping.grace", grace);
    }
  }

  /**
   * How long silent workers are remembered.
   *
   * @param goneAfter one that is silent for so long is not expected back; at least two leases
   * @param forgetAfter and then it is not shown any more
   */
  record Workers(@DefaultValue("2m") Duration goneAfter, @DefaultValue("1h") Duration forgetAfter) {
    Workers {
      positive("workers.gone-after", goneAfter);
      positive("workers.forget-after", forgetAfter);
    }

    Duration goneAfter(Duration lease) {
      Duration least = lease.multipliedBy(2);
      return goneAfter.compareTo(least) < 0 ? least : goneAfter;
    }

    Duration forgetAfter(Duration lease) {
      Duration least = goneAfter(lease);
      return forgetAfter.compareTo(least) < 0 ? least : forgetAfter;
    }
  }

  private static void positive(String key, Duration duration) {
    require(!duration.isNegative() && !duration.isZero(), key, "must be longer than 0", duration);
  }

  private static void require(boolean holds, String key, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "windrow.coordinator.%s %s, is '%s'".formatted(key, rule, value));
    }
  }
}
