package io.windrow.coordinator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A coordinator and callers with and without tokens. */
final class Guarded implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConfigurableApplicationContext context;
  private final String root;
  private final HttpClient http;

  Guarded(ConfigurableApplicationContext context) {
    this(context, "http", HttpClient.newBuilder());
  }

  /** Over TLS. */
  Guarded(ConfigurableApplicationContext context, SSLContext trust) {
    this(context, "https", HttpClient.newBuilder().sslContext(trust));
  }

  private Guarded(ConfigurableApplicationContext context, String scheme, HttpClient.Builder http) {
    this.context = context;
    this.root = scheme + "://127.0.0.1:" + port(context);
    this.http = http.version(HttpClient.Version.HTTP_1_1).build();
  }

  private static String port(ConfigurableApplicationContext context) {
    return context.getEnvironment().getRequiredProperty("local.server.port");
  }

  record Reply(int status, HttpHeaders headers, String text) {
    /** Empty if it is not there. */
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  String root() {
    return root;
  }

  Reply get(String path, @Nullable String token) {
    return send(request(path, token));
  }

  Reply getAt(String address) {
    return send(HttpRequest.newBuilder(URI.create(address)));
  }

  Reply post(String path, @Nullable String token, Map<String, ?> body) {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** The same with an {@code Idempotency-Key}. */
  Reply postOnce(String key, String path, String token, Map<String, ?> body) {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  Reply put(String path, @Nullable String token) {
    return send(request(path, token).PUT(BodyPublishers.noBody()));
  }

  /** As a page of that origin would. */
  Reply putFrom(String origin, String path) {
    return send(request(path, null).header("Origin", origin).PUT(BodyPublishers.noBody()));
  }

  Reply delete(String path, @Nullable String token) {
    return send(request(path, token).DELETE());
  }

  /** The status under another name of this machine. */
  int statusUnder(String host, String path) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port(context)))) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
    }
  }

  /**
   * The newest entry of the audit log once it is of that change: an answer waits for its entry, but
   * not for long.
   *
   * @param path of the change, with the names of its variables
   * @param target the value of its only variable
   */
  JsonNode audited(@Nullable String token, String path, String target) {
    return Awaitility.await()
        .atMost(ANSWER)
        .until(
            () -> get("/api/v1/audit?limit=1", token).json().path(0),
            entry ->
                entry.path("path").asString("").equals(path)
                    && entry
                        .path("target")
                        .valueStream()
                        .anyMatch(v -> v.asString().equals(target)));
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
