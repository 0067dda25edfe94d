package io.windrow.cli.chaos;

import io.windrow.cli.chaos.FaultKind.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Does to the cluster what is planned, and keeps a list of it. */
final class Injector {

  @FunctionalInterface
  private interface Action {
    void run() throws InterruptedException;
  }

  private final ChaosCluster cluster;
  private final Supplier<Optional<Child>> leader;
  private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();

  /**
   * @param leader the active coordinator, if there is one
   */
  Injector(ChaosCluster cluster, Supplier<Optional<Child>> leader) {
    this.cluster = cluster;
    this.leader = leader;
  }

  /**
   * Lets it happen and returns when its cause is gone.
   *
   * @param alone whether nothing else happens meanwhile
   * @return empty if there is nothing it could happen to
   */
  Optional<Fault> inject(Planned planned, boolean alone) throws InterruptedException {
    FaultKind kind = planned.kind();
    if (kind == FaultKind.SLOW_NETWORK) {
      return Optional.of(
          note(kind, "network", alone, () -> change(cluster.links(), Link.State.SLOW, planned)));
    }
    Optional<Child> found =
        Schedule.isOfLeader(kind)
            ? leader.get()
            : Optional.of(cluster.child(kind.part(), planned.index()));
    Optional<Child> target = found.filter(cluster::serves);
    return target.isEmpty()
        ? Optional.empty()
        : Optional.of(note(kind, target.get().name(), alone, action(planned, target.get())));
  }

  private Action action(Planned planned, Child target) {
    Duration lasts = planned.lasts();
    return switch (planned.kind()) {
      case WORKER_KILL, LEADER_KILL, COLLECTOR_KILL, BROKER_KILL, STORE_KILL ->
          () -> {
            target.kill();
            startAgain(planned, target);
          };
      case WORKER_RESTART, COORDINATOR_RESTART, BROKER_RESTART, STORE_RESTART ->
          () -> {
            target.terminate();
            startAgain(planned, target);
          };
      case WORKER_STOP, LEADER_STOP, BROKER_STOP, STORE_STOP -> () -> target.pause(lasts);
      case WORKER_CUT, COORDINATOR_CUT, BROKER_CUT ->
          () -> change(List.of(cluster.link(target.name())), Link.State.CUT, planned);
      case WORKER_STALL ->
          () -> change(List.of(cluster.link(target.name())), Link.State.STALLED, planned);
      case SLOW_NETWORK, MACHINE_PAUSE ->
          throw new IllegalArgumentException(planned.kind() + " happens to no process");
    };
  }

  private void startAgain(Planned planned, Child target) throws InterruptedException {
    Thread.sleep(planned.lasts().toMillis());
    target.start();
    Part part = planned.kind().part();
    if (part == Part.STORE || part == Part.BROKER) {
      cluster.awaitServer(part);
    }
  }

  private static void change(List<Link> links, Link.State state, Planned planned)
      throws InterruptedException {
    try {
      links.forEach(link -> link.become(state));
      Thread.sleep(planned.lasts().toMillis());
    } finally {
      links.forEach(link -> link.become(Link.State.WHOLE));
    }
  }

  private Fault note(FaultKind kind, String target, boolean alone, Action action)
      throws InterruptedException {
    Instant from = Instant.now();
    action.run();
    Fault fault = new Fault(kind, target, from, Instant.now(), alone);
    faults.add(fault);
    return fault;
  }

  /** This process did not get to run: nor did the others. */
  void machinePaused(Instant from, Instant until) {
    faults.add(new Fault(FaultKind.MACHINE_PAUSE, "machine", from, until, false));
  }

  /** What happened so far, in order. */
  List<Fault> faults() {
    return faults.stream().sorted(Comparator.comparing(Fault::from)).toList();
  }
}
