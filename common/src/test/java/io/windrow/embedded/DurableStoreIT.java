package io.windrow.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** The process that serves the store is killed in the middle of its writes. */
class DurableStoreIT {
  @TempDir Path folder;
  @TempDir Path output;

  @Test
  void every_acknowledged_write_survives_and_is_found_by_its_index() throws Exception {
    long written = -1;
    for (int kill = 1; kill <= 3; kill++) {
      written = writeAndKill(written + 1, 120 + 70 * kill);

      try (EmbeddedStore store = EmbeddedStore.persistent(folder, 0);
          MongoClient client = MongoClients.create(store.uri())) {
        MongoCollection<Document> tasks =
            client.getDatabase(EmbeddedStore.DATABASE).getCollection("tasks");
        List<Long> done =
            Flux.from(tasks.find(new Document("version", 2L)))
                .map(d -> d.getLong("_id"))
                .sort()
                .collectList()
                .block();
        assertThat(done).containsAll(LongStream.rangeClosed(0, written).boxed().toList());

        Document last = new Document("_id", written).append("version", 2L);
        assertThat(Flux.from(tasks.find(last)).collectList().block()).containsExactly(last);
        // The write the kill fell into may be there or not; the next process begins after it.
        written = Math.max(written, highest(tasks));
      }
    }
  }

  private static long highest(MongoCollection<Document> tasks) {
    Document document = Flux.from(tasks.find().sort(new Document("_id", -1)).limit(1)).blockFirst();
    long id = document.getLong("_id");
    if (document.getLong("version") == 1L) {
      Flux.from(tasks.deleteOne(new Document("_id", id))).blockLast();
      return id - 1;
    }
    return id;
  }

  /** The number last acknowledged to the process when it was killed. */
  private long writeAndKill(long from, int count) throws IOException, InterruptedException {
    Path written = output.resolve("from" + from);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                folder.toString(),
                Long.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(written.toFile())
            .start();
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> numbers(written).size() >= count || !process.isAlive());
    } finally {
      process.destroyForcibly().waitFor();
    }
    List<Long> numbers = numbers(written);
    assertThat(numbers).hasSizeGreaterThanOrEqualTo(count);
    return numbers.get(numbers.size() - 1);
  }

  /** The last line may be cut off in its middle: only lines that end count. */
  private static List<Long> numbers(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> !line.isEmpty() && line.chars().allMatch(Character::isDigit))
        .map(Long::valueOf)
        .toList();
  }
}
