package io.windrow.store;

import static java.util.Objects.requireNonNull;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.embedded.EmbeddedStore;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Mono;

/**
 * Empty databases: of the server that {@code WINDROW_TEST_MONGODB_URI} names, else of an embedded
 * one. It is there for a test class and those nested in it.
 */
final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
  private int classes;
  private @Nullable EmbeddedStore embedded;
  private @Nullable MongoClient client;
  private String name = "";

  @Override
  public void beforeAll(ExtensionContext context) {
    if (classes++ > 0) {
      return;
    }
    String uri = System.getenv("WINDROW_TEST_MONGODB_URI");
    embedded = uri == null || uri.isBlank() ? EmbeddedStore.inMemory() : null;
    client = MongoClients.create(embedded == null ? uri : embedded.uri());
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
    WindrowStore store =
        new WindrowStore(requireNonNull(client), name, TaskPoolContract.SETTINGS, clock, chance);
    store.createIndexes().block();
    return store;
  }

  /** For a client of one's own. */
  String uri() {
    return embedded == null ? System.getenv("WINDROW_TEST_MONGODB_URI") : embedded.uri();
  }

  String name() {
    return name;
  }

  private void drop() {
    if (!name.isEmpty()) {
      Mono.from(requireNonNull(client).getDatabase(name).drop()).block();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (--classes > 0) {
      return;
    }
    drop();
    requireNonNull(client).close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
