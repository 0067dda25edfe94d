package io.windrow.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A client that reads, and is then held up before its next write, or before it learns what it has
 * read, for as long as somebody else needs: what it goes by is no longer so.
 */
final class Interleaving implements CommandListener, AutoCloseable {
  private static final Set<String> WRITES =
      Set.of("findAndModify", "update", "bulkWrite", "insert", "delete");

  private final AtomicReference<@Nullable Meanwhile> next = new AtomicReference<>();
  private final AtomicInteger played = new AtomicInteger();
  private final MongoClient client;

  Interleaving(String uri) {
    client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .addCommandListener(this)
                .build());
  }

  private record Meanwhile(boolean read, String collection, Runnable action) {}

  MongoClient client() {
    return client;
  }

  /** Before the next write to a collection is sent, this happens, whole. */
  void beforeWriteTo(String collection, Runnable action) {
    next.set(new Meanwhile(false, collection, action));
  }

  /** After the store has answered what is in a collection, and before that is heard. */
  void afterReadOf(String collection, Runnable action) {
    next.set(new Meanwhile(true, collection, action));
  }

  /** How often something has happened in between. */
  int played() {
    return played.get();
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    Meanwhile meanwhile = next.get();
    if (meanwhile == null || meanwhile.read() || !WRITES.contains(event.getCommandName())) {
      return;
    }
    BsonDocument command = event.getCommand();
    BsonValue collection = command.get(event.getCommandName());
    if (collection != null
        && collection.isString()
        && collection.asString().getValue().equals(meanwhile.collection())
        && next.compareAndSet(meanwhile, null)) {
      meanwhile.action().run();
      played.incrementAndGet();
    }
  }

  @Override
  public void commandSucceeded(CommandSucceededEvent event) {
    Meanwhile meanwhile = next.get();
    if (meanwhile == null || !meanwhile.read() || !event.getCommandName().equals("find")) {
      return;
    }
    String read = event.getResponse().getDocument("cursor").getString("ns").getValue();
    if (read.endsWith("." + meanwhile.collection()) && next.compareAndSet(meanwhile, null)) {
      meanwhile.action().run();
      played.incrementAndGet();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
