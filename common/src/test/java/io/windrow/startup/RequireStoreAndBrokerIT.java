package io.windrow.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RequireStoreAndBrokerIT {
  static class Role {}

  @Test
  void an_application_without_its_store_ends_with_a_sentence_instead_of_a_stack_trace(
      CapturedOutput output) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThatThrownBy(
            () ->
                run(
                    "--spring.mongodb.uri=mongodb://127.0.0.1:" + port + "/windrow",
                    "--spring.kafka.bootstrap-servers=127.0.0.1:" + port,
                    "--windrow.startup.wait=300ms"))
        .isInstanceOf(UnreachableException.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("MongoDB at 127.0.0.1:" + port + " is not reachable: no connection within 0.3 s")
        .contains("SPRING_MONGODB_URI")
        .doesNotContain("\tat ");
  }

  @Test
  void an_address_that_is_not_given_is_asked_for() {
    assertThatThrownBy(RequireStoreAndBrokerIT::run)
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("spring.mongodb.uri");
  }

  private static void run(String... args) {
    SpringApplication application = new SpringApplication(Role.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.addInitializers(new RequireStoreAndBroker());
    application.run(args).close();
  }
}
