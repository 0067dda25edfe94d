package io.windrow.store;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.embedded.EmbeddedStore;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Empty databases: of the server that {@code WINDROW_TEST_MONGODB_URI} names, else of an embedded
 * one.
 */
final class TestDatabase implements AutoCloseable {
  private final @Nullable EmbeddedStore embedded;
  private final MongoClient client;
  private String name = "";

  TestDatabase() {
    String uri = System.getenv("WINDROW_TEST_MONGODB_URI");
    this.embedded = uri == null || uri.isBlank() ? EmbeddedStore.inMemory() : null;
    this.client = MongoClients.create(embedded == null ? uri : embedded.uri());
  }

  /** A store on a database of its own, with its indexes. */
  WindrowStore empty(Clock clock) {
    return empty(clock, () -> ThreadLocalRandom.current().nextDouble());
  }

  WindrowStore empty(Clock clock, DoubleSupplier chance) {
    drop();
    name = "test_" + UUID.randomUUID().toString().substring(0, 8);
    if (embedded != null) {
      embedded.uri(name);
    }
    WindrowStore store = new WindrowStore(client, name, TaskPoolContract.SETTINGS, clock, chance);
    store.createIndexes().block();
    return store;
  }

  String name() {
    return name;
  }

  private void drop() {
    if (!name.isEmpty()) {
      Mono.from(client.getDatabase(name).drop()).block();
    }
  }

  @Override
  public void close() {
    drop();
    client.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
