package io.windrow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class EmbeddedStoreIT {
  @TempDir Path folder;

  @Test
  void a_folder_keeps_what_was_written_and_belongs_to_one_store_at_a_time() {
    try (EmbeddedStore store = EmbeddedStore.persistent(folder, 0);
        MongoClient client = MongoClients.create(store.uri())) {
      MongoCollection<Document> tasks = tasks(client);
      Mono.from(tasks.insertOne(new Document("_id", "a").append("version", 1L))).block();
      Mono.from(
              tasks.updateOne(
                  new Document("_id", "a").append("version", 1L),
                  new Document("$set", new Document("version", 2L))))
          .block();

      assertThatThrownBy(() -> EmbeddedStore.persistent(folder, 0))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("in use by another process");
    }
    try (EmbeddedStore store = EmbeddedStore.persistent(folder, 0);
        MongoClient client = MongoClients.create(store.uri())) {
      assertThat(Flux.from(tasks(client).find()).collectList().block())
          .containsExactly(new Document("_id", "a").append("version", 2L));
      assertThat(Flux.from(tasks(client).listIndexes()).map(i -> i.getString("name")).toIterable())
          .contains("fence", "fence_beat");
    }
  }

  @Test
  void a_port_in_use_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(LoopbackPort.address(0));
      assertThatThrownBy(() -> EmbeddedStore.inMemory(taken.getLocalPort()))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 is in use");
    }
  }

  private static MongoCollection<Document> tasks(MongoClient client) {
    return client.getDatabase(EmbeddedStore.DATABASE).getCollection("tasks");
  }
}
