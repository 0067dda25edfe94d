package io.windrow.coordinator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the coordinator's API. */
final class Api {
  private static final Duration ANSWER = Duration.ofMinutes(1);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  Api(int port) {
    this.port = port;
  }

  record Answer(int status, HttpHeaders headers, String text) {
    String type() {
      return header("Content-Type");
    }

    /** Empty if it is not there. */
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  Answer submit(String workflow) {
    return post("/api/v1/submissions", "application/yaml", workflow);
  }

  Answer post(String path, String type, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  Answer postJson(String path, Object body) {
    return post(path, "application/json", JSON.writeValueAsString(body));
  }

  Answer put(String path, String json) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  /**
   * Any request.
   *
   * @param headers names and values in turn
   */
  Answer send(String method, String path, String body, String... headers) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .headers(headers)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  Answer post(String path) {
    return post(path, "application/json", "");
  }

  Answer put(String path) {
    return send(HttpRequest.newBuilder(uri(path)).PUT(BodyPublishers.noBody()));
  }

  Answer delete(String path) {
    return send(HttpRequest.newBuilder(uri(path)).DELETE());
  }

  String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private URI uri(String path) {
    return URI.create(address(path));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.build() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
