package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.collector.CollectorApplication;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.startup.RequireStoreAndBroker;
import io.windrow.worker.WorkerApplication;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.core.ProducerFactory;

/**
 * TLS and SASL are settings of Kafka's clients: here every client that the roles make, the first
 * question at the start included, is seen to take what {@code spring.kafka} says.
 */
class ClientSettingsIT {
  private static final String REPORTERS = "spring.kafka.properties.metric.reporters";
  private static final String MARK = "spring.kafka.properties." + SeenClients.MARK;

  @TempDir Path folder;

  @Test
  void every_client_of_every_role_takes_the_settings_of_the_connection() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
        EmbeddedStore store = EmbeddedStore.inMemory()) {
      Map<String, Object> connection = new HashMap<>();
      connection.put("server.port", "0");
      connection.put("spring.mongodb.uri", store.uri());
      connection.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
      connection.put("spring.kafka.security.protocol", "PLAINTEXT");
      connection.put(REPORTERS, SeenClients.class.getName());
      connection.put(MARK, "here");
      connection.put("windrow.data.roots", folder.toString());

      SeenClients.forget();
      GenericApplicationContext starting = new GenericApplicationContext();
      starting
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("test", connection));
      new RequireStoreAndBroker().initialize(starting);
      assertThat(SeenClients.all().values()).as("at the start").containsExactly("PLAINTEXT null");

      String[] settings =
          connection.entrySet().stream()
              .map(each -> "--" + each.getKey() + "=" + each.getValue())
              .toArray(String[]::new);
      Set<String> before = clients();
      SeenClients.forget();
      try (ConfigurableApplicationContext coordinator = CoordinatorApplication.start(settings);
          ConfigurableApplicationContext collector = CollectorApplication.start(settings);
          ConfigurableApplicationContext worker = WorkerApplication.start(settings)) {
        assertThat(List.of(coordinator, collector, worker))
            .allMatch(ConfigurableApplicationContext::isActive);
        assertThat(
                HttpClient.newHttpClient()
                    .send(
                        HttpRequest.newBuilder(
                                URI.create(
                                    "http://127.0.0.1:"
                                        + coordinator
                                            .getEnvironment()
                                            .getRequiredProperty("local.server.port")
                                        + "/api/v1/dead-letters"))
                            .build(),
                        BodyHandlers.ofString())
                    .statusCode())
            .isEqualTo(200);
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () ->
                    SeenClients.all().values().stream()
                        .anyMatch(seen -> seen.contains("windrow.tasks.default")));
        for (ConfigurableApplicationContext role : List.of(coordinator, collector, worker)) {
          // Made when the first record is sent.
          ProducerFactory<?, ?> producers = role.getBean(ProducerFactory.class);
          producers.createProducer();
        }
        Set<String> made = clients();
        made.removeAll(before);
        assertThat(made).hasSizeGreaterThanOrEqualTo(8);
        assertThat(SeenClients.all().keySet()).containsAll(made);
        assertThat(SeenClients.all().values())
            .allMatch(seen -> seen.startsWith("PLAINTEXT"))
            .anyMatch(seen -> seen.contains("windrow.collector"))
            .anyMatch(seen -> seen.contains("windrow.deadletter.replayed"));
      }
    }
  }

  /** Ids of all Kafka clients of this JVM, as they register themselves. */
  private static Set<String> clients() throws Exception {
    Set<String> ids = new TreeSet<>();
    for (String domain : new String[] {"kafka.producer", "kafka.consumer", "kafka.admin.client"}) {
      for (ObjectName name :
          ManagementFactory.getPlatformMBeanServer()
              .queryNames(new ObjectName(domain + ":type=app-info,id=*"), null)) {
        ids.add(name.getKeyProperty("id"));
      }
    }
    return ids;
  }
}
