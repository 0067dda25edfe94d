package io.windrow.coordinator.doctor;

import io.windrow.coordinator.fleet.Member;
import io.windrow.coordinator.fleet.QueueStand;
import io.windrow.fleet.WorkerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What can be said of workers and queues. */
final class FleetChecks {
  private static final int MOST_NAMES = 5;

  private FleetChecks() {}

  static List<Check> of(List<Member> members, List<QueueStand> queues, String version) {
    List<Check> checks = new ArrayList<>();
    checks.add(workers(members));
    checks.add(versions(members, version));
    queues.stream()
        .filter(QueueStand::unserved)
        .forEach(
            queue ->
                checks.add(
                    Check.wrong(
                        "queue " + queue.queue(),
                        "%d tasks wait and no worker serves it".formatted(queue.demand()),
                        "start one with 'windrow worker --queue %s', or undrain one"
                            .formatted(queue.queue()))));
    return checks;
  }

  private static Check workers(List<Member> members) {
    List<String> silent = ids(members, WorkerState.STALE);
    int live = ids(members, WorkerState.LIVE).size();
    if (!silent.isEmpty()) {
      return Check.warning(
          "workers",
          "%d live; silent: %s".formatted(live, some(silent)),
          "look at these machines; their tasks run elsewhere by themselves");
    }
    return live == 0
        ? Check.warning("workers", "none is live", "start one with 'windrow worker'")
        : Check.ok("workers", "%d live".formatted(live));
  }

  private static Check versions(List<Member> members, String version) {
    Set<String> others =
        members.stream()
            .filter(member -> member.state() != WorkerState.GONE)
            .map(member -> member.worker().presence().version())
            .filter(each -> !each.equals(version))
            .collect(Collectors.toCollection(TreeSet::new));
    return others.isEmpty()
        ? Check.ok("versions", "all workers have the coordinator's, " + version)
        : Check.warning(
            "versions",
            "workers have %s, the coordinator has %s".formatted(String.join(", ", others), version),
            "finish the upgrade: drain and restart the workers with another version");
  }

  private static List<String> ids(List<Member> members, WorkerState state) {
    return members.stream()
        .filter(member -> member.state() == state)
        .map(member -> member.worker().presence().id())
        .toList();
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
        + (names.size() > MOST_NAMES ? " and %d more".formatted(names.size() - MOST_NAMES) : "");
  }
}
