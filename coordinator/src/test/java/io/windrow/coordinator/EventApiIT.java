package io.windrow.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.coordinator.workflow.WorkflowText;
import io.windrow.fleet.Presence;
import io.windrow.store.WindrowStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events of a running coordinator. */
class EventApiIT {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  @TempDir static Path folder;
  private static RunningCoordinator running;
  private static WindrowStore store;
  private static Api api;

  @BeforeAll
  static void start() {
    running = RunningCoordinator.start(folder);
    api = running.api();
    store = running.tasks();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void a_listener_hears_of_tasks_pools_and_workers_and_may_come_back() {
    String known;
    try (Listener first = new Listener("", "")) {
      await().atMost(SOON).until(() -> first.has("workers"));
      api.submit(workflow("heard"));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(first.tasks("heard", "queued")).as(first.toString()).hasSize(22));
      await().atMost(SOON).until(() -> first.last("pools").at("/heard/queued").asInt() == 22);
      store.workers().join(presence("heard-w")).block();
      await()
          .atMost(SOON)
          .until(() -> first.last("workers").at("/0/id").asString("").equals("heard-w"));
      known = first.lastId();
    }
    api.post("/api/v1/pools/heard/cancel");

    try (Listener again = new Listener("?pool=heard", known)) {
      await().atMost(SOON).until(() -> again.tasks("heard", "cancelled").size() == 22);
      await().atMost(SOON).until(() -> again.last("pools").at("/heard/cancelled").asInt() == 22);
    }
  }

  @Test
  void only_what_is_asked_for_is_told() {
    String one = api.submit(workflow("mine")).json().get("submission").asString();
    try (Listener mine = new Listener("?submission=" + one, "0");
        Listener pool = new Listener("?pool=mine", "")) {
      await().atMost(SOON).until(() -> mine.tasks("mine", "queued").size() == 22);
      api.submit(workflow("other"));
      api.post("/api/v1/pools/mine/cancel");

      await().atMost(SOON).until(() -> mine.tasks("mine", "cancelled").size() == 22);
      await().atMost(SOON).until(() -> pool.tasks("mine", "cancelled").size() == 22);
      assertThat(mine.pools()).containsExactly("mine");
      assertThat(pool.pools()).containsExactly("mine");
    }
  }

  @Test
  void what_is_not_there_or_no_cursor_is_refused() {
    assertThat(api.get("/api/v1/events?pool=no-such-pool").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/events?submission=no-such").status()).isEqualTo(404);
    try (Listener odd = new Listener("", "yesterday")) {
      await().atMost(SOON).until(() -> odd.status() == 400);
    }
  }

  /** A connection and what came through it. */
  private static final class Listener implements AutoCloseable {
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final List<JsonNode> data = new CopyOnWriteArrayList<>();
    private volatile String id = "";
    private final CompletableFuture<HttpResponse<Stream<String>>> response;

    Listener(String query, String last) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(api.address("/api/v1/events" + query)))
              .header("Accept", "application/problem+json, text/event-stream");
      if (!last.isEmpty()) {
        request.header("Last-Event-ID", last);
      }
      response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .sendAsync(request.build(), BodyHandlers.ofLines());
      var unused = response.thenAcceptAsync(answer -> read(answer.body()));
    }

    private void read(Stream<String> lines) {
      List<String> event = new ArrayList<>();
      lines.forEach(
          line -> {
            if (!line.isEmpty()) {
              event.add(line);
              return;
            }
            String name = field(event, "event:");
            if (!name.isEmpty()) {
              data.add(JSON.readTree(field(event, "data:")));
              names.add(name);
              String given = field(event, "id:");
              id = given.isEmpty() ? id : given;
            }
            event.clear();
          });
    }

    private static String field(List<String> event, String name) {
      return event.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()))
          .findFirst()
          .orElse("");
    }

    @Override
    public String toString() {
      return status() + " " + names + " " + data;
    }

    int status() {
      return response.isDone() ? response.join().statusCode() : 0;
    }

    String lastId() {
      return id;
    }

    boolean has(String name) {
      return names.contains(name);
    }

    JsonNode last(String name) {
      int index = names.lastIndexOf(name);
      return index < 0 ? JSON.createObjectNode() : data.get(index);
    }

    Set<String> tasks(String pool, String state) {
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).equals("tasks")) {
          data.get(i)
              .forEach(
                  task -> {
                    if (task.get("pool").asString().equals(pool)
                        && task.get("state").asString().equals(state)) {
                      ids.add(task.get("id").asString());
                    }
                  });
        }
      }
      return ids;
    }

    Set<String> pools() {
      Set<String> pools = new HashSet<>();
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).equals("pools")) {
          pools.addAll(data.get(i).propertyNames());
        }
      }
      return pools;
    }

    @Override
    public void close() {
      var unused = response.thenAccept(answer -> answer.body().close());
    }
  }

  private static Presence presence(String id) {
    return new Presence(
        id,
        "host",
        17,
        "1.0",
        List.of("q"),
        List.of("native"),
        1,
        0,
        List.of(),
        Instant.now(),
        false,
        false);
  }

  private static String workflow(String name) {
    String file = WorkflowText.with("step: 550", "step: 42");
    file = WorkflowText.replace(file, "pool: nightly", "pool: " + name);
    file = WorkflowText.replace(file, "experiment: us-rolling", "experiment: " + name);
    return WorkflowText.replace(file, "queue: research", "queue: " + name);
  }
}
