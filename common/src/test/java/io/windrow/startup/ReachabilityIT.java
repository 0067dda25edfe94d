package io.windrow.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachabilityIT {
  private static final Duration SHORT = Duration.ofMillis(600);

  @Test
  void a_store_that_answers_is_reachable() {
    try (EmbeddedStore store = EmbeddedStore.inMemory()) {
      assertThatCode(() -> Reachability.requireStore(store.uri(), Duration.ofSeconds(20)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void a_store_may_come_up_later() throws Exception {
    int port = freePort();
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> Reachability.requireStore("mongodb://127.0.0.1:" + port, Duration.ofSeconds(30)));

    try (EmbeddedStore store = EmbeddedStore.inMemory(port)) {
      waiting.get();
      assertThat(store.port()).isEqualTo(port);
    }
  }

  @Test
  void a_store_that_is_not_there_is_named_without_the_password() throws IOException {
    int port = freePort();
    String uri = "mongodb://anna:s3cret@127.0.0.1:" + port + "/windrow";
    Instant begin = Instant.now();

    assertThatThrownBy(() -> Reachability.requireStore(uri, SHORT))
        .isInstanceOfSatisfying(
            UnreachableException.class,
            e -> {
              assertThat(e)
                  .hasMessageContaining("MongoDB at 127.0.0.1:" + port + " is not reachable");
              assertThat(e.remedy()).contains("--spring.mongodb.uri=", "SPRING_MONGODB_URI=");
              assertThat(e.toString() + e.remedy()).doesNotContain("s3cret");
            });

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void a_port_that_accepts_and_is_no_store_is_not_reachable() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + mute.getLocalPort();

      assertThatThrownBy(() -> Reachability.requireStore("mongodb://" + address, SHORT))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining(address);
      assertThatThrownBy(() -> Reachability.requireBroker(address, SHORT))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining(address);
    }
  }

  @Test
  void a_broker_that_is_not_there_is_named() throws IOException {
    String address = "127.0.0.1:" + freePort();

    assertThatThrownBy(() -> Reachability.requireBroker(address, SHORT))
        .isInstanceOfSatisfying(
            UnreachableException.class,
            e -> {
              assertThat(e).hasMessageContaining("Kafka at " + address + " is not reachable");
              assertThat(e.remedy()).contains("SPRING_KAFKA_BOOTSTRAPSERVERS=");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "mongodb://user:p@ss:w0rd@@/x:y"})
  void what_is_no_connection_string_is_said_without_quoting_it(String uri) {
    assertThatThrownBy(() -> Reachability.requireStore(uri, SHORT))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("mongodb://host:port/database")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "host:port", "a:1,b"})
  void what_is_no_broker_address_is_quoted(String bootstrap) {
    assertThatThrownBy(() -> Reachability.requireBroker(bootstrap, SHORT))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("host:port");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
