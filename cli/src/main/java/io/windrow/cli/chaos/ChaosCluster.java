package io.windrow.cli.chaos;

import io.windrow.cli.chaos.FaultKind.Part;
import io.windrow.cli.terminal.Lifeline;
import io.windrow.cli.terminal.UserError;
import io.windrow.store.Fencing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Broker, store, coordinators, collector and workers, each a process of its own on this machine.
 * Each role has its own link to the store; to the broker there is one, which the broker tells its
 * clients to use.
 */
final class ChaosCluster implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(50);

  private final ChaosPlan plan;
  private final Path folder;
  private final Path program;
  private final Ports ports = new Ports();
  private final int storePort = ports.next();
  private final int brokerPort = ports.next();
  private final int advertisedPort = ports.next();
  private final int collectorPort = ports.next();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Map<String, Integer> storePorts = new LinkedHashMap<>();
  private final List<Integer> coordinatorPorts = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> endedAlone = new ConcurrentLinkedQueue<>();
  private final Child store;
  private final Child broker;
  private final Child collector;
  private final List<Child> coordinators;
  private final List<Child> workers;
  private volatile boolean closed;

  /**
   * @param program the packaged command
   * @param folder where data and logs go
   * @param market that the tasks name
   * @param workerSettings further settings of the workers, {@code --key=value}
   */
  ChaosCluster(ChaosPlan plan, Path program, Path folder, Path market, String... workerSettings) {
    this.plan = plan;
    this.program = program;
    this.folder = folder;
    String data = folder.resolve("data").toString();
    this.store =
        child(
            "store",
            768,
            "services",
            "--only=store",
            "--data-dir=" + data,
            "--mongodb-port=" + storePort);
    this.broker =
        child(
            "broker",
            512,
            "services",
            "--only=broker",
            "--data-dir=" + data,
            "--kafka-port=" + brokerPort,
            "--kafka-advertised-port=" + advertisedPort);
    this.coordinators =
        IntStream.rangeClosed(1, ChaosPlan.COORDINATORS)
            .mapToObj(i -> coordinator("coordinator-" + i, market))
            .toList();
    this.collector = role("collector", "collector", "--port=" + collectorPort);
    this.workers =
        IntStream.rangeClosed(1, plan.workers())
            .mapToObj(i -> worker("worker-" + i, market, workerSettings))
            .toList();
  }

  private Child coordinator(String name, Path market) {
    int port = ports.next();
    coordinatorPorts.add(port);
    return role(
        name,
        "coordinator",
        "--port=" + port,
        "--data-root=" + market,
        "--windrow.collector.url=http://127.0.0.1:" + collectorPort,
        lease());
  }

  private Child worker(String name, Path market, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--port=0",
                "--data-root=" + market,
                "--name=" + name,
                "--slots=" + ChaosPlan.SLOTS,
                "--windrow.worker.executors=noop",
                "--windrow.worker.drain=2s",
                lease()));
    settings.addAll(List.of(more));
    return role(name, "worker", settings.toArray(String[]::new));
  }

  private String lease() {
    return "--windrow.lease=" + plan.lease().toMillis() + "ms";
  }

  private Child role(String name, String role, String... settings) {
    storePorts.put(name, ports.next());
    List<String> all = new ArrayList<>();
    all.add(role);
    all.add("--mongodb=mongodb://127.0.0.1:" + storePorts.get(name) + "/windrow");
    all.add("--kafka=127.0.0.1:" + advertisedPort);
    all.addAll(List.of(settings));
    // A role that comes while store or broker are away waits for them.
    all.add("--windrow.startup.wait=10m");
    return child(name, 256, all.toArray(String[]::new));
  }

  private Child child(String name, int heapMib, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMib + "m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-D" + Lifeline.PROPERTY + "=" + ProcessHandle.current().pid());
    if (plan.unfenced()) {
      command.add("-D" + Fencing.PROPERTY + "=true");
    }
    command.add("-jar");
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return new Child(name, command, folder.resolve("logs").resolve(name + ".log"), this::onEnd);
  }

  /** Starts everything and returns once it serves. */
  void start() throws InterruptedException {
    try {
      Files.createDirectories(folder.resolve("logs"));
    } catch (IOException e) {
      throw new UserError("cannot write to " + folder + ": " + e.getMessage());
    }
    storePorts.forEach((name, port) -> links.put(name, new Link(port, storePort)));
    links.put("broker", new Link(advertisedPort, brokerPort));
    store.start();
    broker.start();
    await("the store", () -> Ports.answers(storePort));
    await("the broker", () -> Ports.answers(brokerPort));
    for (Child role : roles()) {
      role.start();
    }
    for (Child role : roles()) {
      await(role.name(), () -> isStarted(role));
    }
  }

  private List<Child> roles() {
    List<Child> roles = new ArrayList<>(coordinators);
    roles.add(collector);
    roles.addAll(workers);
    return roles;
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(START);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new UserError("%s did not start: see %s".formatted(what, folder.resolve("logs")));
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** A role prints its address once it serves. */
  private static boolean isStarted(Child role) {
    try {
      return Files.readString(role.log()).contains(" http://127.0.0.1:");
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a process runs; if it is a server, whether it is there for clients. */
  boolean serves(Child child) {
    return child.running()
        && (child != store || Ports.answers(storePort))
        && (child != broker || Ports.answers(brokerPort));
  }

  /** Returns when the server accepts connections again. */
  void awaitServer(Part part) throws InterruptedException {
    int port = part == Part.STORE ? storePort : brokerPort;
    await(child(part, 0).name(), () -> Ports.answers(port));
  }

  /** A member of a part. */
  Child child(Part part, int index) {
    return switch (part) {
      case WORKER -> workers.get(index);
      case COORDINATOR -> coordinators.get(index);
      case COLLECTOR -> collector;
      case BROKER -> broker;
      case STORE -> store;
      case NETWORK, MACHINE -> throw new IllegalArgumentException(part + " is no process");
    };
  }

  List<Child> coordinators() {
    return coordinators;
  }

  /** The link to the store of a role, or the one to the broker. */
  Link link(String name) {
    Link link = links.get(name);
    if (link == null) {
      throw new IllegalArgumentException("no link of " + name);
    }
    return link;
  }

  List<Link> links() {
    return List.copyOf(links.values());
  }

  /** The store without a link. */
  String mongodb() {
    return "mongodb://127.0.0.1:" + storePort + "/windrow";
  }

  /** The broker, through its link. */
  String kafka() {
    return "127.0.0.1:" + advertisedPort;
  }

  /** The coordinators' addresses. */
  List<String> coordinatorAddresses() {
    return coordinatorPorts.stream().map(port -> "http://127.0.0.1:" + port).toList();
  }

  /** The collector's address. */
  String collectorAddress() {
    return "http://127.0.0.1:" + collectorPort;
  }

  /** Everything is whole and runs. Nothing may be stopped any more. */
  void heal() throws InterruptedException {
    links.values().forEach(link -> link.become(Link.State.WHOLE));
    store.start();
    broker.start();
    roles().forEach(Child::start);
    awaitServer(Part.STORE);
    awaitServer(Part.BROKER);
  }

  /** As a supervisor does. */
  private void onEnd(Child child) {
    if (!closed) {
      endedAlone.add(child.name());
      child.start();
    }
  }

  /** Names of the processes that ended without being asked to. */
  List<String> endedAlone() {
    return List.copyOf(endedAlone);
  }

  /** How often a line stands in the logs of the workers. */
  long countInWorkerLogs(String words) {
    long count = 0;
    for (Child worker : workers) {
      try (var lines = Files.lines(worker.log())) {
        count += lines.filter(line -> line.contains(words)).count();
      } catch (IOException e) {
        throw new UserError("cannot read " + worker.log() + ": " + e.getMessage());
      }
    }
    return count;
  }

  /** Kills everything. Idempotent. */
  @Override
  public void close() {
    closed = true;
    List<Child> all = new ArrayList<>(roles());
    all.add(broker);
    all.add(store);
    try {
      for (Child child : all) {
        child.kill();
      }
      for (Link link : links.values()) {
        link.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UserError("cannot close a link: " + e.getMessage());
    }
  }
}
