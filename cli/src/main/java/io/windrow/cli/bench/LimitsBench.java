package io.windrow.cli.bench;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.cli.bench.LimitsBenchResult.Limit;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Measures the calls that workers make of what they share, each kind alone: by what one more
 * worker, task or artifact costs there, a cluster's size can be reckoned.
 */
public final class LimitsBench {
  private final Duration each;
  private final Progress progress;
  private final List<Limit> limits = new ArrayList<>();

  private LimitsBench(Duration each, Progress progress) {
    this.each = each;
    this.progress = progress;
  }

  /**
   * Where the shared parts are.
   *
   * @param mongodb connection string of a store, which gets a database for the time; null for the
   *     embedded one, in memory, in this JVM, over its socket
   * @param kafka address of a broker, which gets some topics for the time; null for the embedded
   *     one
   */
  record Servers(@Nullable String mongodb, @Nullable String kafka) {
    static final Servers EMBEDDED = new Servers(null, null);
  }

  /**
   * Measures.
   *
   * @param servers what is measured
   * @param each how long each kind of call is repeated, after half as long to warm up
   * @param tasks in the pool that is counted last, at least 10
   * @param progress told what was measured
   */
  static LimitsBenchResult run(Servers servers, Duration each, int tasks, Progress progress) {
    LimitsBench bench = new LimitsBench(each, progress);
    if (servers.mongodb() == null) {
      try (EmbeddedStore store = EmbeddedStore.inMemory()) {
        bench.store(store.uri(), tasks);
      }
    } else {
      bench.store(servers.mongodb(), tasks);
    }
    if (servers.kafka() == null) {
      try (TemporaryFolder folder = TemporaryFolder.create("windrow-bench").alsoAtEnd();
          EmbeddedBroker broker = EmbeddedBroker.start(folder.path())) {
        bench.broker(broker.bootstrapServers());
      }
    } else {
      bench.broker(servers.kafka());
    }
    return new LimitsBenchResult(bench.limits);
  }

  private void store(String uri, int tasks) {
    String database = name();
    try (MongoClient client = MongoClients.create(uri)) {
      try {
        new StoreLimits(client, database, each, this::measured).measure(tasks);
      } finally {
        Mono.from(client.getDatabase(database).drop()).block();
      }
    }
  }

  private void broker(String bootstrap) {
    new BrokerLimits(bootstrap, name(), each, this::measured).measure();
  }

  /** Nobody else's. */
  private static String name() {
    return "windrow-bench-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private void measured(Limit limit) {
    limits.add(limit);
    progress.show(
        limits.size(), StoreLimits.KINDS + BrokerLimits.KINDS, limit.what() + ", " + limit.size());
  }
}
