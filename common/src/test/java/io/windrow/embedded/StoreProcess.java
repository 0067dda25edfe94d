package io.windrow.embedded;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.nio.file.Path;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** A process of its own: writes to a store on a folder, and prints each number it has written. */
final class StoreProcess {
  private StoreProcess() {}

  public static void main(String[] args) {
    try (EmbeddedStore store = EmbeddedStore.persistent(Path.of(args[0]), 0);
        MongoClient client = MongoClients.create(store.uri())) {
      MongoCollection<Document> tasks =
          client.getDatabase(EmbeddedStore.DATABASE).getCollection("tasks");
      for (long i = Long.parseLong(args[1]); ; i++) {
        Mono.from(tasks.insertOne(new Document("_id", i).append("version", 1L))).block();
        Mono.from(
                tasks.updateOne(
                    new Document("_id", i).append("version", 1L),
                    new Document("$set", new Document("version", 2L))))
            .block();
        System.out.println(i);
        System.out.flush();
      }
    }
  }
}
