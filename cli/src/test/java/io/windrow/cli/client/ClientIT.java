package io.windrow.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a server that answers in odd ways. */
class ClientIT {
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private HttpServer server;
  private String address;
  private CoordinatorClient coordinator;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
    coordinator = new CoordinatorClient(Endpoint.coordinator(address));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @Test
  void every_mistake_of_a_workflow_is_a_line() {
    answer(
        400,
        """
        {"title":"Bad workflow","status":400,"detail":"2 mistakes","problems":[
          {"line":12,"path":"task.model.class","message":"unknown class 'LGBMModel'"},
          {"line":0,"path":"windrow","message":"no step"}]}
        """);
    assertThatThrownBy(() -> coordinator.submit("x: 1"))
        .isInstanceOfSatisfying(
            UserError.class,
            error ->
                assertThat(error.lines())
                    .containsExactly(
                        "line 12: task.model.class: unknown class 'LGBMModel'",
                        "windrow: no step"));
    assertThat(asked.get()).isEqualTo("POST /api/v1/submissions");
  }

  @Test
  void a_problem_without_a_list_is_its_detail() {
    answer(404, "{\"title\":\"Not Found\",\"detail\":\"no submission f00d\"}");
    assertThatThrownBy(() -> coordinator.submission("f00d")).hasMessage("no submission f00d");
  }

  @Test
  void another_service_is_recognised() {
    answer(500, "<html>oops</html>");
    assertThatThrownBy(() -> coordinator.submissions())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(address)
        .hasMessageContaining("status 500")
        .hasMessageContaining("--coordinator");
  }

  @Test
  void an_answer_that_is_no_json_is_said() {
    answer(200, "<html>welcome</html>");
    assertThatThrownBy(() -> coordinator.submissions())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not as a Windrow coordinator does");
  }

  @Test
  void ids_are_escaped_and_unknown_fields_ignored() {
    answer(
        200,
        """
        {"submission":"a/b","pool":"p","experiment":"e","queue":"q","state":"inserted",
         "calendarEnd":"2020-01-01","createdAt":"2024-01-01T00:00:00Z","tasks":2,
         "counts":{"done":1,"failed":1},"news":[]}
        """);
    SubmissionView view = coordinator.submission("a/b?c=1");
    assertThat(asked.get()).isEqualTo("GET /api/v1/submissions/a%2Fb%3Fc%3D1");
    assertThat(view.ended()).isTrue();
    assertThat(view.succeeded()).isFalse();
  }

  @Test
  void nobody_there_names_the_address_and_the_option() {
    server.stop(0);
    assertThatThrownBy(() -> coordinator.submissions())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no coordinator at " + address)
        .hasMessageContaining("--coordinator");
  }
}
