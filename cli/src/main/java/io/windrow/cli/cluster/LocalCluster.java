package io.windrow.cli.cluster;

import io.windrow.cli.terminal.UserError;
import io.windrow.collector.CollectorApplication;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.worker.WorkerApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A broker, a store, a coordinator, a collector and workers in this JVM. They speak to each other
 * over loopback sockets only, as they would between machines.
 */
public final class LocalCluster implements AutoCloseable {

  /**
   * What to start. A port of 0 is any free one.
   *
   * @param folder where the broker's data is, and the store's and the features if {@code durable}
   * @param durable whether the store keeps its data in the folder, and the workers the features
   *     they computed; otherwise both are in memory
   * @param dataRoots folders that market data may come from
   * @param workers how many
   * @param slots tasks each worker runs at once
   * @param ports of the servers
   * @param settings of all roles, as options: {@code --windrow.worker.executors=noop}
   */
  public record Plan(
      Path folder,
      boolean durable,
      List<Path> dataRoots,
      int workers,
      int slots,
      Ports ports,
      List<String> settings) {

    /** With the roles' own settings. */
    public Plan(
        Path folder, boolean durable, List<Path> dataRoots, int workers, int slots, Ports ports) {
      this(folder, durable, dataRoots, workers, slots, ports, List.of());
    }

    public Plan {
      dataRoots = List.copyOf(dataRoots);
      settings = List.copyOf(settings);
      if (workers < 1 || slots < 1) {
        throw new IllegalArgumentException("at least one worker and one slot are needed");
      }
    }
  }

  /**
   * The ports of 127.0.0.1; 0 is any free one.
   *
   * @param worker of the first worker's management interface; the others take any
   */
  public record Ports(int mongodb, int kafka, int coordinator, int collector, int worker) {
    /** Any free ones. */
    public static Ports any() {
      return new Ports(0, 0, 0, 0, 0);
    }

    /** Looks at all of them before anything starts, so that all that are taken are named. */
    private void requireFree() {
      Map<String, Integer> wanted = new LinkedHashMap<>();
      wanted.put("--coordinator-port", coordinator);
      wanted.put("--collector-port", collector);
      wanted.put("--worker-port", worker);
      wanted.put("--kafka-port", kafka);
      wanted.put("--mongodb-port", mongodb);
      List<String> taken = new ArrayList<>();
      wanted.forEach(
          (option, port) -> {
            try (ServerSocket socket = new ServerSocket()) {
              socket.setReuseAddress(true);
              socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
              taken.add(
                  "port %d is in use: choose another with %s, or 0 for any free one"
                      .formatted(port, option));
            }
          });
      if (!taken.isEmpty()) {
        throw new UserError(taken);
      }
    }
  }

  /**
   * How long the start took.
   *
   * @param servers broker and store
   * @param roles coordinator, collector and workers
   */
  public record StartTimes(Duration servers, Duration roles) {}

  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
  private static final Map<String, String> PORT_OPTIONS =
      Map.of(
          "coordinator", "--coordinator-port",
          "collector", "--collector-port",
          "worker-1", "--worker-port");

  private final List<AutoCloseable> servers = new ArrayList<>();
  private final List<AutoCloseable> roles = new ArrayList<>();
  private final List<Integer> workerPorts = new ArrayList<>();
  private String mongodb = "";
  private String kafka = "";
  private int coordinatorPort;
  private int collectorPort;
  private StartTimes times = new StartTimes(Duration.ZERO, Duration.ZERO);
  private boolean closed;

  private LocalCluster() {}

  /**
   * Starts everything and returns once it serves.
   *
   * @throws UserError if a part does not start; what had started is stopped
   */
  public static LocalCluster start(Plan plan) {
    // Logging is set up here, before several threads would do it at once.
    LOG.debug("local cluster starts");
    plan.ports().requireFree();
    LocalCluster cluster = new LocalCluster();
    ExecutorService threads = Executors.newCachedThreadPool(new Daemons("windrow-start"));
    try {
      cluster.startAll(plan, threads);
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    } finally {
      threads.shutdown();
    }
  }

  /** MongoDB connection string of the store. */
  public String mongodb() {
    return mongodb;
  }

  /** The broker's host and port. */
  public String kafka() {
    return kafka;
  }

  /** The coordinator's address. */
  public String coordinator() {
    return "http://127.0.0.1:" + coordinatorPort;
  }

  /** The collector's address. */
  public String collector() {
    return "http://127.0.0.1:" + collectorPort;
  }

  /** The addresses of the workers' management interfaces. */
  public List<String> workers() {
    return workerPorts.stream().map(port -> "http://127.0.0.1:" + port).toList();
  }

  /** How long the start took. */
  public StartTimes startTimes() {
    return times;
  }

  /** Stops the roles and then the servers, those of a kind side by side. Idempotent. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    stop(roles);
    stop(servers);
  }

  /** Each waits some seconds for its connections to fall quiet, so they do not wait in turn. */
  private static void stop(List<AutoCloseable> parts) {
    List<Thread> threads = parts.stream().map(LocalCluster::stopping).toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static Thread stopping(AutoCloseable part) {
    Thread thread =
        new Thread(
            () -> {
              try {
                part.close();
              } catch (Exception e) {
                // The others must be stopped all the same.
                LOG.atWarn().setCause(e).log("a part of the cluster did not stop cleanly");
              }
            },
            "windrow-stop");
    thread.start();
    return thread;
  }

  private void startAll(Plan plan, ExecutorService threads) {
    long begin = System.nanoTime();
    CompletableFuture<EmbeddedStore> store = async("store", threads, () -> store(plan));
    CompletableFuture<EmbeddedBroker> broker =
        async(
            "broker",
            threads,
            () ->
                keep(
                    servers,
                    EmbeddedBroker.start(plan.folder().resolve("broker"), plan.ports().kafka())));
    awaitAll(List.of(store, broker));
    mongodb = store.join().uri();
    kafka = broker.join().bootstrapServers();
    long served = System.nanoTime();

    CompletableFuture<Integer> collector =
        async(
            "collector",
            threads,
            () ->
                port(
                    keep(
                        roles,
                        CollectorApplication.start(settings(plan, plan.ports().collector())))));
    // The coordinator asks the collector, so it must know its port: any free one is known late.
    CompletableFuture<Integer> collectorAt =
        plan.ports().collector() == 0
            ? collector
            : CompletableFuture.completedFuture(plan.ports().collector());
    CompletableFuture<Integer> coordinator =
        collectorAt.thenCompose(
            port ->
                async(
                    "coordinator",
                    threads,
                    () ->
                        port(
                            keep(
                                roles,
                                CoordinatorApplication.start(
                                    settings(
                                        plan,
                                        plan.ports().coordinator(),
                                        "--windrow.collector.url=http://127.0.0.1:" + port))))));
    List<CompletableFuture<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < plan.workers(); i++) {
      String name = "worker-" + (i + 1);
      int port = i == 0 ? plan.ports().worker() : 0;
      workers.add(
          async(
              name,
              threads,
              () ->
                  port(
                      keep(
                          roles,
                          WorkerApplication.start(
                              settings(
                                  plan,
                                  port,
                                  "--windrow.worker.feature-files.folder=" + features(plan),
                                  "--windrow.worker.name=" + name,
                                  "--windrow.worker.slots=" + plan.slots()))))));
    }
    List<CompletableFuture<?>> all = new ArrayList<>(workers);
    all.add(coordinator);
    all.add(collector);
    awaitAll(all);
    coordinatorPort = coordinator.join();
    collectorPort = collector.join();
    workers.forEach(worker -> workerPorts.add(worker.join()));
    times =
        new StartTimes(
            Duration.ofNanos(served - begin), Duration.ofNanos(System.nanoTime() - served));
  }

  private EmbeddedStore store(Plan plan) {
    return keep(
        servers,
        plan.durable()
            ? EmbeddedStore.persistent(plan.folder().resolve("store"), plan.ports().mongodb())
            : EmbeddedStore.inMemory(plan.ports().mongodb()));
  }

  private static String features(Plan plan) {
    return plan.durable()
        ? plan.folder().resolve("features").toAbsolutePath().normalize().toString()
        : "";
  }

  private String[] settings(Plan plan, int port, String... more) {
    List<String> settings = new ArrayList<>();
    settings.add("--spring.mongodb.uri=" + mongodb);
    settings.add("--spring.kafka.bootstrap-servers=" + kafka);
    settings.add("--server.port=" + port);
    // Whatever the environment says: this machine only, so nobody has to show a token.
    settings.add("--server.address=127.0.0.1");
    settings.add("--windrow.security.mode=off");
    // This class stops the parts, in order.
    settings.add("--spring.main.register-shutdown-hook=false");
    settings.add(
        "--windrow.data.roots="
            + plan.dataRoots().stream()
                .map(root -> root.toAbsolutePath().normalize().toString())
                .collect(Collectors.joining(",")));
    settings.addAll(plan.settings());
    settings.addAll(List.of(more));
    return settings.toArray(String[]::new);
  }

  private static int port(ConfigurableApplicationContext context) {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  private synchronized <T extends AutoCloseable> T keep(List<AutoCloseable> kind, T part) {
    kind.add(part);
    return part;
  }

  private static <T> CompletableFuture<T> async(
      String what, ExecutorService threads, Supplier<T> start) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return start.get();
          } catch (RuntimeException e) {
            throw StartFailure.explain(what, PORT_OPTIONS.getOrDefault(what, "--port"), e);
          }
        },
        threads);
  }

  /** Waits for all, so that what starts late is stopped too, and then throws the first failure. */
  private static void awaitAll(List<? extends CompletableFuture<?>> parts) {
    try {
      CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw StartFailure.explain("the cluster", "--port", e);
    }
  }
}
