package io.windrow.cli.chaos;

/** What can happen to a cluster. */
enum FaultKind {
  WORKER_KILL("worker killed", Part.WORKER, 6),
  WORKER_STOP("worker stopped past its lease", Part.WORKER, 4),
  WORKER_RESTART("worker restarted", Part.WORKER, 2),
  WORKER_CUT("worker cut off the store", Part.WORKER, 3),
  WORKER_STALL("worker and store hear nothing", Part.WORKER, 2),
  LEADER_KILL("leader killed", Part.COORDINATOR, 3),
  LEADER_STOP("leader stopped past its lease", Part.COORDINATOR, 2),
  COORDINATOR_RESTART("coordinator restarted", Part.COORDINATOR, 2),
  COORDINATOR_CUT("coordinator cut off the store", Part.COORDINATOR, 2),
  COLLECTOR_KILL("collector killed", Part.COLLECTOR, 2),
  BROKER_KILL("broker killed", Part.BROKER, 2),
  BROKER_RESTART("broker restarted", Part.BROKER, 1),
  BROKER_STOP("broker stopped", Part.BROKER, 1),
  BROKER_CUT("broker cut off", Part.BROKER, 2),
  STORE_KILL("store killed", Part.STORE, 2),
  STORE_RESTART("store restarted", Part.STORE, 1),
  STORE_STOP("store stopped past the lease", Part.STORE, 1),
  SLOW_NETWORK("slow network", Part.NETWORK, 1),

  /** Not the harness's doing: this process itself did not get to run. Never planned. */
  MACHINE_PAUSE("machine paused", Part.MACHINE, 0);

  /** What it happens to. */
  enum Part {
    WORKER,
    COORDINATOR,
    COLLECTOR,
    BROKER,
    STORE,
    NETWORK,
    MACHINE
  }

  private final String words;
  private final Part part;
  private final int weight;

  FaultKind(String words, Part part, int weight) {
    this.words = words;
    this.part = part;
    this.weight = weight;
  }

  /** For people. */
  String words() {
    return words;
  }

  Part part() {
    return part;
  }

  /** How often it is drawn, compared with the others. */
  int weight() {
    return weight;
  }

  /** Whether an attempt may be charged for it: of the worker it happens to, or of any. */
  boolean explains(String target, String worker) {
    return part == Part.MACHINE || (part == Part.WORKER && target.equals(worker));
  }
}
