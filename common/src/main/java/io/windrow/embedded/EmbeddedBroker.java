package io.windrow.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker in this JVM: Kafka's own server in KRaft mode, broker and controller combined,
 * with share groups, listening on the loopback interface. It starts again on the same folder with
 * its topics and offsets.
 *
 * <p>Topics are not created by use: see {@code TopicSetup}. The server logs through SLF4J under
 * {@code kafka}, {@code org.apache.kafka} and {@code state.change.logger}; whoever embeds it sets
 * these to WARN.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String OWNER = "broker";
  private static final String CONTROLLER = "CONTROLLER";
  private static final String PLAIN = "PLAINTEXT";
  private static final String SECURED = "SECURED";
  private static final String NODE = "1";

  private final KafkaRaftServer server;
  private final FolderLock lock;
  private final int port;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, FolderLock lock, int port) {
    this.server = server;
    this.lock = lock;
    this.port = port;
  }

  /** Starts on any free port. */
  public static EmbeddedBroker start(Path folder) {
    return start(folder, 0);
  }

  /**
   * Starts and waits until clients are served: about four seconds.
   *
   * @param folder where its data is or shall be
   * @param port of 127.0.0.1, 0 for any free one
   * @throws EmbeddedStartException if the folder or the port is in use, or the server gives up
   */
  public static EmbeddedBroker start(Path folder, int port) {
    return start(folder, port, 0);
  }

  /**
   * The same for clients that reach it through a proxy, which they are told to connect to.
   *
   * @param advertised port of 127.0.0.1 that the proxy listens on, 0 if there is none
   */
  public static EmbeddedBroker start(Path folder, int port, int advertised) {
    return start(folder, port, advertised, Map.of());
  }

  /**
   * Starts on any free port for clients that prove who they are, or speak TLS, or both. The broker
   * speaks to itself at another port, which no client is told of.
   *
   * @param security {@code security.protocol} and what the broker needs for it, as Kafka calls it
   *     for one listener: {@code ssl.keystore.location}, {@code sasl.enabled.mechanisms}
   */
  public static EmbeddedBroker secured(Path folder, Map<String, String> security) {
    return start(folder, 0, 0, security);
  }

  private static EmbeddedBroker start(
      Path folder, int port, int advertised, Map<String, String> security) {
    FolderLock lock = FolderLock.acquire(folder, OWNER);
    try {
      int clientPort = LoopbackPort.free(port, OWNER);
      int controllerPort = LoopbackPort.another(OWNER, List.of(clientPort));
      Path log = folder.resolve("kafka");
      format(log);
      Map<String, String> settings =
          settings(log, clientPort, advertised == 0 ? clientPort : advertised, controllerPort);
      if (!security.isEmpty()) {
        secure(settings, security, clientPort, controllerPort);
      }
      KafkaRaftServer server = launch(new KafkaConfig(settings, false), folder);
      return new EmbeddedBroker(server, lock, clientPort);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** What clients connect to: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return LoopbackPort.HOST + ":" + port;
  }

  /** The port of 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Stops the server and waits for it; the folder may be used again afterwards. Idempotent. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        server.shutdown();
        server.awaitShutdown();
      } finally {
        lock.close();
      }
    }
  }

  private static void format(Path log) {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setNodeId(Integer.parseInt(NODE))
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(CONTROLLER)
          .setMetadataLogDirectory(log.toString())
          .addDirectory(log.toString())
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setIgnoreFormatted(true) // a format that was killed half-way is finished
          .run();
    } catch (Exception e) {
      throw new EmbeddedStartException(
          "%s: cannot format the folder %s (%s)".formatted(OWNER, log, e), e);
    }
  }

  /** A fault while starting would end the JVM: Kafka's server is made for a process of its own. */
  private static KafkaRaftServer launch(KafkaConfig config, Path folder) {
    Exit.Procedure refuse =
        (code, message) -> {
          throw new IllegalStateException(message == null ? "fatal fault, see the log" : message);
        };
    Exit.setExitProcedure(refuse);
    Exit.setHaltProcedure(refuse);
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException | Error e) {
      server.shutdown();
      throw new EmbeddedStartException(
          "%s: cannot start on the folder %s (%s)".formatted(OWNER, folder, e), e);
    } finally {
      Exit.resetExitProcedure();
      Exit.resetHaltProcedure();
    }
  }

  /** Moves the plain listener to a port of the broker's own and puts a secured one in its place. */
  private static void secure(
      Map<String, String> settings,
      Map<String, String> security,
      int clientPort,
      int controllerPort) {
    int ownPort = LoopbackPort.another(OWNER, List.of(clientPort, controllerPort));
    String clients = SECURED + "://" + LoopbackPort.HOST + ":" + clientPort;
    String own = PLAIN + "://" + LoopbackPort.HOST + ":" + ownPort;
    settings.compute(
        "listeners", (key, plain) -> clients + "," + own + plain.substring(plain.indexOf(',')));
    settings.put("advertised.listeners", clients + "," + own);
    settings.merge(
        "listener.security.protocol.map",
        SECURED + ":" + security.get("security.protocol"),
        (plain, more) -> plain + "," + more);
    security.forEach(
        (key, value) ->
            settings.put("listener.name." + SECURED.toLowerCase(Locale.ROOT) + "." + key, value));
  }

  /** Chosen for one machine; what is not here is Kafka's default. */
  private static Map<String, String> settings(
      Path log, int port, int advertised, int controllerPort) {
    Map<String, String> s = new HashMap<>();
    s.put("process.roles", "broker,controller");
    s.put("node.id", NODE);
    s.put("log.dirs", log.toString());
    String client = PLAIN + "://" + LoopbackPort.HOST + ":" + port;
    s.put(
        "listeners", client + "," + CONTROLLER + "://" + LoopbackPort.HOST + ":" + controllerPort);
    s.put("advertised.listeners", PLAIN + "://" + LoopbackPort.HOST + ":" + advertised);
    s.put("controller.listener.names", CONTROLLER);
    s.put("listener.security.protocol.map", PLAIN + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    s.put("inter.broker.listener.name", PLAIN);
    s.put("controller.quorum.voters", NODE + "@" + LoopbackPort.HOST + ":" + controllerPort);
    s.put("auto.create.topics.enable", "false");
    // A broker that was killed is registered again only when its old session has run out.
    s.put("broker.session.timeout.ms", "6000");
    s.put("broker.heartbeat.interval.ms", "1000");

    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      s.put(topic + ".replication.factor", "1");
      s.put(topic + ".num.partitions", "1");
    }
    s.put("transaction.state.log.min.isr", "1");
    s.put("share.coordinator.state.topic.min.isr", "1");
    s.put("group.initial.rebalance.delay.ms", "0");

    // A worker gets its first record after two of these.
    s.put("group.share.min.heartbeat.interval.ms", "500");
    s.put("group.share.heartbeat.interval.ms", "500");
    // A record lock lasts as long as a task's lease; tests may ask for a shorter one.
    s.put("group.share.record.lock.duration.ms", "15000");
    s.put("group.share.min.record.lock.duration.ms", "1000");
    // Deliveries are released while the store is away: the default of 5 would drop announcements.
    s.put("group.share.delivery.count.limit", "10");

    // One machine: small buffers, few threads.
    s.put("log.cleaner.dedupe.buffer.size", "2097152");
    s.put("num.network.threads", "2");
    s.put("num.io.threads", "2");
    s.put("background.threads", "2");
    return s;
  }
}
