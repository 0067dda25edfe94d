package io.windrow.coordinator.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.windrow.coordinator.fleet.Fleet;
import io.windrow.coordinator.fleet.Member;
import io.windrow.fleet.WorkerState;
import io.windrow.meter.Freshness;
import io.windrow.meter.LiveGauges;
import io.windrow.meter.ShownNames;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts the workers for the gauges. Every coordinator counts the same. */
public final class FleetMetrics implements Step {
  /** A roll-out has two; whoever has more has tried many. The most common ones are told. */
  private static final int MOST_VERSIONS = 10;

  private final Fleet fleet;
  private final DispatchMetrics queues;
  private final Duration storeTimeout;
  private final Freshness freshness;
  private final LiveGauges workers;
  private final LiveGauges versions;

  /**
   * @param freshness of these numbers alone
   */
  public FleetMetrics(
      Fleet fleet,
      DispatchMetrics queues,
      Duration storeTimeout,
      Freshness freshness,
      MeterRegistry meters) {
    this.fleet = fleet;
    this.queues = queues;
    this.storeTimeout = storeTimeout;
    this.freshness = freshness;
    this.workers =
        LiveGauges.of(
            MultiGauge.builder("windrow.workers").description("Workers that are known, by state"),
            freshness,
            meters);
    this.versions =
        LiveGauges.of(
            MultiGauge.builder("windrow.worker.versions")
                .description("Live workers by the version they run"),
            freshness,
            meters);
    workers.set(byState(List.of()));
  }

  @Override
  public boolean runOnce() {
    List<Member> members = Objects.requireNonNull(fleet.list().collectList().block(storeTimeout));
    workers.set(byState(members));
    versions.set(byVersion(members));
    queues.know(
        members.stream()
            .flatMap(member -> member.worker().presence().queues().stream())
            .collect(Collectors.toCollection(TreeSet::new)));
    freshness.renew();
    return false;
  }

  private static Map<Tags, Long> byState(List<Member> members) {
    Map<Tags, Long> counts = new HashMap<>();
    for (WorkerState state : WorkerState.values()) {
      counts.put(
          Tags.of("state", state.word()),
          members.stream().filter(member -> member.state() == state).count());
    }
    return counts;
  }

  private static Map<Tags, Long> byVersion(List<Member> members) {
    Map<String, Long> live =
        members.stream()
            .filter(member -> member.state() == WorkerState.LIVE)
            .map(member -> member.worker().presence().version())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    List<String> commonFirst =
        live.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    ShownNames shown = ShownNames.first(MOST_VERSIONS, commonFirst);
    Map<Tags, Long> counts = new HashMap<>();
    live.forEach(
        (version, count) -> counts.merge(Tags.of("version", shown.tag(version)), count, Long::sum));
    return counts;
  }
}
