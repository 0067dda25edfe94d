package io.windrow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A store on a disk that fills up: a file system of its own, in memory, of 128 MiB. */
class FullDiskIT {
  private static final String ON_SMALL_DISK =
      "mount -t tmpfs -o size=128m tmpfs \"$1\" && shift && exec \"$@\"";
  private static final int OUT_OF_DISK_SPACE = 14031;
  private static final int MIB = 1 << 20;

  @TempDir Path disk;
  @TempDir Path output;

  @Test
  void writes_are_refused_before_it_is_full_and_go_on_when_there_is_space() throws Exception {
    assumeThat(isPossible())
        .as("needs unshare(1) and the right to mount a tmpfs in a namespace")
        .isTrue();
    Path printed = output.resolve("printed");
    Process process =
        new ProcessBuilder(
                "unshare",
                "-rm",
                "sh",
                "-c",
                ON_SMALL_DISK,
                "sh",
                disk.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FullDiskIT.class.getName(),
                disk.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(printed.toFile())
            .start();
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.readString(printed).contains("\n") || !process.isAlive());
      String uri = Files.readString(printed).lines().findFirst().orElseThrow();
      // The disk as that process sees it.
      Path ballast = Path.of("/proc/" + process.pid() + "/root" + disk + "/ballast");
      try (RandomAccessFile other = new RandomAccessFile(ballast.toFile(), "rw")) {
        other.write(new byte[40 * MIB]);
      }
      try (MongoClient client = MongoClients.create(uri)) {
        MongoCollection<Document> data =
            client.getDatabase(EmbeddedStore.DATABASE).getCollection("data");

        assertThatThrownBy(() -> fill(data))
            .isInstanceOf(MongoException.class)
            .extracting(e -> ((MongoException) e).getCode())
            .isEqualTo(OUT_OF_DISK_SPACE);

        long stored = Mono.from(data.countDocuments()).block();
        assertThat(stored).as("what is stored can be read").isBetween(3L, 40L);
        Files.delete(ballast);
        write(data, 1000);
        assertThat(Mono.from(data.countDocuments()).block()).isEqualTo(stored + 1);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static boolean isPossible() throws IOException, InterruptedException {
    try {
      Process trial =
          new ProcessBuilder("unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }

  private static void fill(MongoCollection<Document> data) {
    for (int i = 0; i < 100; i++) {
      write(data, i);
    }
  }

  private static void write(MongoCollection<Document> data, int id) {
    byte[] bytes = new byte[MIB];
    new Random(id).nextBytes(bytes);
    Mono.from(data.insertOne(new Document("_id", id).append("bytes", bytes))).block();
  }

  /** The process on the small disk: serves until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    try (EmbeddedStore store = EmbeddedStore.persistent(Path.of(args[0]), 0)) {
      System.out.println(store.uri());
      System.out.flush();
      Thread.currentThread().join();
    }
  }
}
