package io.windrow.startup;

import com.mongodb.Block;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.SslSettings;
import com.mongodb.event.ServerHeartbeatFailedEvent;
import com.mongodb.event.ServerMonitorListener;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Whether the store and the broker answer. First waits for a connection, which is quiet, then asks
 * the server itself: a port that accepts is not yet a store.
 */
public final class Reachability {
  static final String STORE_KEY = "spring.mongodb.uri";
  static final String BROKER_KEY = "spring.kafka.bootstrap-servers";

  private static final String STORE_SECURITY =
      "tls=true, user and password in spring.mongodb.uri, its certificates in"
          + " spring.mongodb.ssl.bundle";
  private static final String BROKER_SECURITY =
      "spring.kafka.security.protocol, user and password in"
          + " spring.kafka.properties.sasl.jaas.config, its certificates in spring.kafka.ssl.bundle";

  private static final Logger log = LoggerFactory.getLogger(Reachability.class);
  private static final Duration RETRY = Duration.ofMillis(200);

  private Reachability() {}

  /**
   * Waits for the store.
   *
   * @param uri MongoDB connection string
   * @throws UnreachableException if it does not answer in time, or the text is no such string
   */
  public static void requireStore(String uri, Duration wait) {
    requireStore(uri, tls -> {}, wait);
  }

  /**
   * The same with more about TLS than the text says.
   *
   * @param tls applied after the text
   */
  static void requireStore(String uri, Block<SslSettings.Builder> tls, Duration wait) {
    Deadline deadline = new Deadline(wait);
    ConnectionString connection = connectionString(uri);
    String where = String.join(",", connection.getHosts());
    if (!connection.isSrvProtocol()) {
      List<InetSocketAddress> addresses =
          connection.getHosts().stream()
              .map(ServerAddress::new)
              .map(host -> InetSocketAddress.createUnresolved(host.getHost(), host.getPort()))
              .toList();
      awaitConnection("MongoDB", where, STORE_KEY, addresses, deadline);
    }
    AtomicReference<@Nullable Throwable> lastFailure = new AtomicReference<>();
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applyConnectionString(connection)
            .applyToClusterSettings(
                b -> b.serverSelectionTimeout(deadline.leftMillis(), TimeUnit.MILLISECONDS))
            .applyToServerSettings(
                b ->
                    b.addServerMonitorListener(
                        new ServerMonitorListener() {
                          @Override
                          public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
                            lastFailure.set(event.getThrowable());
                          }
                        }))
            .applyToSslSettings(tls)
            .build();
    try (MongoClient client = MongoClients.create(settings)) {
      Mono.defer(() -> Mono.from(client.getDatabase("admin").runCommand(new Document("ping", 1))))
          .retryWhen(
              Retry.fixedDelay(Long.MAX_VALUE, RETRY)
                  .filter(e -> e instanceof MongoSocketException && !deadline.passed()))
          .block(deadline.left());
    } catch (RuntimeException e) {
      // That no server could be chosen in time says nothing; why the last was not, does.
      Throwable failure = lastFailure.get();
      String reason =
          reason(failure != null && !(e instanceof MongoSecurityException) ? failure : e);
      throw connection.isSrvProtocol()
          ? unreachable("MongoDB", where, STORE_KEY, reason)
          : silent("MongoDB", where, STORE_KEY, reason, STORE_SECURITY);
    }
  }

  /**
   * Waits for the broker.
   *
   * @param bootstrap {@code host:port}, comma-separated
   * @throws UnreachableException if none answers in time, or the text is no such list
   */
  public static void requireBroker(String bootstrap, Duration wait) {
    requireBroker(bootstrap, Map.of(), wait);
  }

  /**
   * The same, as clients with these settings reach it.
   *
   * @param connection settings of Kafka's clients, security among them
   */
  static void requireBroker(String bootstrap, Map<String, Object> connection, Duration wait) {
    Deadline deadline = new Deadline(wait);
    List<InetSocketAddress> addresses =
        Stream.of(bootstrap.split(","))
            .map(String::strip)
            .map(Reachability::brokerAddress)
            .toList();
    awaitConnection("Kafka", bootstrap, BROKER_KEY, addresses, deadline);
    String millis = Integer.toString((int) deadline.leftMillis());
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put("bootstrap.servers", bootstrap);
    settings.put("request.timeout.ms", millis);
    settings.put("default.api.timeout.ms", millis);
    Admin admin;
    try {
      admin = Admin.create(settings);
    } catch (KafkaException e) {
      // Settings of security that cannot work, such as a store of keys that is not there.
      throw silent("Kafka", bootstrap, BROKER_KEY, reason(e), BROKER_SECURITY);
    }
    try {
      admin.describeCluster().nodes().get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("Kafka", bootstrap, BROKER_KEY, "interrupted while waiting");
    } catch (TimeoutException e) {
      throw silent("Kafka", bootstrap, BROKER_KEY, within("no answer", wait), BROKER_SECURITY);
    } catch (ExecutionException | KafkaException e) {
      throw silent("Kafka", bootstrap, BROKER_KEY, reason(e), BROKER_SECURITY);
    } finally {
      // Its plain close() waits without end for a port that accepts and never answers.
      admin.close(Duration.ZERO);
    }
  }

  private static ConnectionString connectionString(String uri) {
    try {
      return new ConnectionString(uri);
    } catch (IllegalArgumentException e) {
      // The driver's message may quote the text, and the text may hold a password.
      throw new UnreachableException(
          "The address of MongoDB is not a connection string of the form"
              + " mongodb://host:port/database (special characters in user and password must be"
              + " percent-encoded).",
          STORE_KEY);
    }
  }

  private static InetSocketAddress brokerAddress(String address) {
    String host = Utils.getHost(address);
    Integer port = Utils.getPort(address);
    if (host == null || port == null) {
      throw new UnreachableException(
          "The address of Kafka is not host:port[,host:port...]: '" + address + "'.", BROKER_KEY);
    }
    return InetSocketAddress.createUnresolved(host, port);
  }

  private static void awaitConnection(
      String what, String where, String key, List<InetSocketAddress> addresses, Deadline deadline) {
    boolean told = false;
    while (true) {
      if (addresses.stream().anyMatch(address -> accepts(address, deadline))) {
        return;
      }
      if (deadline.passed()) {
        throw unreachable(what, where, key, within("no connection", deadline.wait));
      }
      if (!told) {
        told = true;
        log.atInfo()
            .addKeyValue("at", where)
            .addKeyValue("for", deadline.wait)
            .log("waiting for {}", what);
      }
      try {
        Thread.sleep(Math.min(RETRY.toMillis(), deadline.leftMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unreachable(what, where, key, "interrupted while waiting");
      }
    }
  }

  private static boolean accepts(InetSocketAddress address, Deadline deadline) {
    try (Socket socket = new Socket()) {
      // Resolved anew each time: a name may come up later than the process.
      socket.connect(
          new InetSocketAddress(address.getHostString(), address.getPort()),
          (int) Math.min(2_000, deadline.leftMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String within(String nothing, Duration wait) {
    return String.format(Locale.ROOT, "%s within %.1f s", nothing, wait.toMillis() / 1e3);
  }

  /** The first cause; of TLS what it says itself, for what is below it are details of a proof. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (!(cause instanceof SSLException)
        && cause.getCause() != null
        && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static UnreachableException unreachable(
      String what, String where, String key, String reason) {
    return new UnreachableException(
        "%s at %s is not reachable: %s.".formatted(what, where, reason), key);
  }

  /** It took the connection, and no more. */
  private static UnreachableException silent(
      String what, String where, String key, String reason, String security) {
    return new UnreachableException(
        "%s at %s takes connections, but does not answer this process: %s."
            .formatted(what, where, reason.replaceFirst("\\.$", "")),
        key,
        security);
  }

  /** A point in time on the monotonic clock. */
  private static final class Deadline {
    private final Duration wait;
    private final long endNanos;

    Deadline(Duration wait) {
      this.wait = wait;
      this.endNanos = System.nanoTime() + wait.toNanos();
    }

    /** Never below a millisecond: zero means "for ever" to some callers. */
    long leftMillis() {
      return Math.max(1, (endNanos - System.nanoTime()) / 1_000_000);
    }

    Duration left() {
      return Duration.ofMillis(leftMillis());
    }

    boolean passed() {
      return System.nanoTime() >= endNanos;
    }
  }
}
