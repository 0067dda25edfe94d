package io.windrow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** What a worker tells probes and scrapers, on a port of their own. */
class ReadinessIT {
  private static final Duration CALL = Duration.ofMinutes(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private String management = "";

  @TempDir Path folder;

  @Test
  void a_worker_is_ready_while_it_takes_tasks_and_alive_all_the_time() throws Exception {
    try (TestCluster cluster = new TestCluster(folder, EmbeddedStore.inMemory())) {
      ConfigurableApplicationContext worker =
          cluster.worker("--windrow.worker.name=w1", "--management.server.port=0");
      management = "http://127.0.0.1:" + port(worker, "local.management.port");
      assertThat(management).doesNotEndWith(":" + port(worker, "local.server.port"));

      assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      await().atMost(TestCluster.SOON).until(() -> ready() == 200);
      assertThat(get("/actuator/health/liveness").body()).contains("\"heartbeat\"");
      assertThat(get("/actuator/health/readiness").body()).contains("\"heartbeat\"");
      assertThat(get("/actuator/prometheus").body())
          .contains("windrow_worker_draining 0.0")
          .contains("windrow_worker_heartbeats_total{result=\"lost\"} 0.0");
      await("its consumer is there")
          .atMost(TestCluster.SOON)
          .until(
              () ->
                  get("/actuator/prometheus")
                      .body()
                      .contains("kafka_share_consumer_fetch_total{queue="));

      cluster.store().workers().drain("w1", true).block(CALL);
      await().atMost(TestCluster.SOON).until(() -> ready() == 503);
      assertThat(get("/actuator/prometheus").body()).contains("windrow_worker_draining 1.0");
      assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);

      cluster.store().workers().drain("w1", false).block(CALL);
      await().atMost(TestCluster.SOON).until(() -> ready() == 200);
    }
  }

  @Test
  void a_worker_stays_alive_and_ready_while_the_store_is_away() throws Exception {
    EmbeddedStore store = EmbeddedStore.inMemory();
    try (TestCluster cluster = new TestCluster(folder, store)) {
      ConfigurableApplicationContext worker = cluster.worker();
      management = "http://127.0.0.1:" + port(worker, "local.server.port");
      await().atMost(TestCluster.SOON).until(() -> ready() == 200);

      store.close();

      await().atMost(TestCluster.SOON).until(() -> get("/actuator/health").statusCode() == 503);
      assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(ready()).isEqualTo(200);
    }
  }

  private static String port(ConfigurableApplicationContext worker, String which) {
    return worker.getEnvironment().getRequiredProperty(which);
  }

  private int ready() throws IOException, InterruptedException {
    return get("/actuator/health/readiness").statusCode();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(management + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
