package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.cli.Terminal.Seen;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Commands in this JVM against a real coordinator without any worker: what they leave is there. */
abstract class CoordinatorCommands {
  static final int WINDOWS = 25;

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static ConfigurableApplicationContext coordinator;
  private static String address = "";

  @BeforeAll
  static void start() throws IOException {
    SampleMarket.write(folder.resolve("csv"), 3);
    assertThat(run("import-csv", folder.resolve("csv").toString(), data().toString()).code())
        .isZero();
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    coordinator =
        CoordinatorApplication.start(
            "--server.port=0",
            "--spring.mongodb.uri=" + store.uri(),
            "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--windrow.lease=60s", // a slow machine must not lose a task between two commands
            "--windrow.data.roots=" + data());
    address = "http://127.0.0.1:" + coordinator.getEnvironment().getProperty("local.server.port");
  }

  @AfterAll
  static void stop() {
    coordinator.close();
    store.close();
    broker.close();
  }

  static Path data() {
    return folder.resolve("data");
  }

  static String address() {
    return address;
  }

  static Seen run(String... args) {
    return Terminal.run(args);
  }

  /** Runs a command against the coordinator. */
  static Seen ask(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    int end = all.indexOf("--");
    all.add(end < 0 ? all.size() : end, "--coordinator=" + address);
    return run(all.toArray(String[]::new));
  }

  static Seen done(String... args) {
    Seen seen = ask(args);
    assertThat(seen.code()).as(seen.err()).isZero();
    return seen;
  }

  /** Fails, with a line that says this. */
  static void refused(int code, String words, Seen seen) {
    assertThat(seen.code()).as(seen.out() + seen.err()).isEqualTo(code);
    assertThat(seen.err()).startsWith("windrow: ").contains(words).doesNotContain("unexpected");
  }

  /** A submission in a pool and a queue of this name, all of it announced and counted. */
  static void submit(String pool) throws IOException {
    String workflow =
        SampleMarket.workflow(data())
            .replace("experiment_name: cluster", "experiment_name: " + pool)
            .replace("windrow:", "windrow:\n  queue: " + pool);
    Path file = Files.writeString(folder.resolve(pool + ".yaml"), workflow);
    done("submit", file.toString());
    await().atMost(Duration.ofMinutes(3)).until(() -> count(pool, "queued") == WINDOWS);
    await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                done("queue", "list", "--json")
                    .json()
                    .valueStream()
                    .anyMatch(
                        queue ->
                            queue.at("/queue").asString().equals(pool)
                                && queue.at("/demand").asInt() == WINDOWS));
  }

  static int count(String pool, String state) {
    return done("task", "stat", "--pool", pool, "--json").json().at("/counts/" + state).asInt();
  }

  static JsonNode tasks(String pool, String filter) {
    return done("task", "list", "--pool", pool, "--filter", filter, "--json").json();
  }

  static String id(String pool, int seq) {
    return tasks(pool, "seq=" + seq).get(0).get("id").asString();
  }

  static String state(String id) {
    return done("task", "show", id, "--json").json().get(0).get("state").asString();
  }

  /** Fetches a task into a file, as a shell would. */
  static Path fetch(String pool, int seq) throws IOException {
    Seen fetched = done("task", "fetch", "--pool", pool, "--filter", "seq=" + seq);
    return Files.writeString(folder.resolve(pool + "-" + seq + ".json"), fetched.out());
  }
}
