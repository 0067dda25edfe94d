package io.windrow.embedded;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import io.windrow.embedded.indexed.IndexedBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A server that speaks MongoDB's protocol, in this JVM, on the loopback interface: fast and
 * forgetful in memory, or durable in a folder (every acknowledged write survives the end of the
 * process).
 *
 * <p>It serves all connections on one thread: with more it would encode replies while the documents
 * in them change. It has no transactions and no change streams. In memory it has secondary indexes
 * and finds a task by its id whatever else a filter says; in a folder it has only unique indexes,
 * and the pool's conditional updates find their task through the two that are made here.
 *
 * <p>It logs through SLF4J under {@code de.bwaldvogel.mongo} and {@code io.netty}; whoever embeds
 * it sets them to ERROR: the server warns of each index it does not have and each aggregation.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final String OWNER = "store";

  /** The database named by {@link #uri()}. */
  public static final String DATABASE = "windrow";

  /** By which a conditional update finds its task: its filter has exactly these fields. */
  private static final List<IndexModel> FENCES =
      List.of(
          new IndexModel(
              Indexes.ascending("_id", "version"), new IndexOptions().name("fence").unique(true)),
          new IndexModel(
              Indexes.ascending("_id", "version", "lease.beat"),
              new IndexOptions().name("fence_beat").unique(true)));

  private final MongoServer server;
  private final @Nullable FolderLock lock;
  private final Set<String> prepared = ConcurrentHashMap.newKeySet();
  private final boolean findsById;
  private final int port;
  private boolean closed;

  private EmbeddedStore(MongoBackend backend, int wanted, @Nullable FolderLock lock) {
    this.lock = lock;
    this.server = new MongoServer(backend);
    this.findsById = backend instanceof IndexedBackend;
    LoopbackPort.free(wanted, OWNER);
    server.bind(LoopbackPort.address(wanted), 1, 1);
    this.port = server.getLocalAddress().getPort();
  }

  /** Starts an empty store in memory on any free port. */
  public static EmbeddedStore inMemory() {
    return inMemory(0);
  }

  /**
   * Starts an empty store in memory.
   *
   * @param port of 127.0.0.1, 0 for any free one
   * @throws EmbeddedStartException if the port is in use
   */
  public static EmbeddedStore inMemory(int port) {
    return new EmbeddedStore(new IndexedBackend(), port, null);
  }

  /**
   * Starts a store on a folder, with what an earlier one left there.
   *
   * @param folder where its data is or shall be
   * @param port of 127.0.0.1, 0 for any free one
   * @throws EmbeddedStartException if the folder or the port is in use
   */
  public static EmbeddedStore persistent(Path folder, int port) {
    FolderLock lock = FolderLock.acquire(folder, OWNER);
    DurableBackend backend = null;
    try {
      backend = DurableBackend.open(folder.resolve("store.mv"));
      return new EmbeddedStore(backend, port, lock);
    } catch (RuntimeException | Error e) {
      if (backend != null) {
        backend.close();
      }
      lock.close();
      throw e;
    }
  }

  /** Connection string of the database {@value #DATABASE}. */
  public String uri() {
    return uri(DATABASE);
  }

  /** Connection string of any database, which is made ready for a pool of tasks. */
  public String uri(String database) {
    String uri = "mongodb://%s:%d/%s".formatted(LoopbackPort.HOST, port, database);
    if (!findsById && prepared.add(database)) {
      try (MongoClient client = MongoClients.create(uri)) {
        MongoCollection<Document> tasks = client.getDatabase(database).getCollection("tasks");
        Flux.from(tasks.createIndexes(FENCES)).blockLast(Duration.ofSeconds(30));
      }
    }
    return uri;
  }

  /** The port of 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Closes all connections and stops the server. Idempotent. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        server.shutdownNow();
      } finally {
        if (lock != null) {
          lock.close();
        }
      }
    }
  }
}
