package io.windrow.cli.client;

import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls of one service, with time-outs, its errors turned into lines for people. */
final class Service {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration REPLY = Duration.ofSeconds(60);
  static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final Endpoint endpoint;
  private final HttpClient http;

  Service(Endpoint endpoint) {
    this.endpoint = endpoint;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (endpoint.trust() != null) {
      builder.sslContext(endpoint.trust());
    }
    this.http = builder.build();
  }

  <T> T get(String path, Class<T> type) {
    return parse(send(request(path).header("Accept", "application/json").GET().build()), type);
  }

  /**
   * A part of a list.
   *
   * @param items the part
   * @param next what to ask with for the next, empty if this is the last
   */
  record Page(JsonNode items, String next) {}

  Page page(String path) {
    HttpResponse<byte[]> response =
        checked(request(path).header("Accept", "application/json").GET().build());
    return new Page(
        parse(response.body(), JsonNode.class),
        response.headers().firstValue("Windrow-Next").orElse(""));
  }

  void delete(String path) {
    send(request(path).header("Accept", "application/json").DELETE().build());
  }

  byte[] bytes(String path, String mediaType) {
    return send(request(path).header("Accept", mediaType).GET().build());
  }

  /**
   * Writes what is answered to a file, which is there whole or not at all.
   *
   * @throws IOException if the file cannot be written
   */
  void download(String path, String mediaType, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      HttpResponse<Path> response =
          exchange(
              request(path).header("Accept", "application/problem+json, " + mediaType).build(),
              BodyHandlers.ofFile(part));
      if (response.statusCode() / 100 != 2) {
        throw Problem.of(endpoint, response.statusCode(), Files.readAllBytes(part)).asError();
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  <T> T post(String path, String mediaType, String body, Class<T> type) {
    return parse(
        send(
            request(path)
                .header("Content-Type", mediaType)
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build()),
        type);
  }

  /** A missing node if there is nothing to tell. */
  JsonNode tell(String path, String json) {
    byte[] body =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    return body.length == 0 ? MissingNode.getInstance() : parse(body, JsonNode.class);
  }

  <T> T put(String path, String json, Class<T> type) {
    return parse(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build()),
        type);
  }

  /**
   * Reads server-sent events to their end. A connection that says nothing is not given up: the
   * coordinator sends a comment now and then.
   *
   * @param longest not longer than this
   * @return the data of the last
   * @throws UserError also if it lasts longer
   */
  JsonNode events(String path, Duration longest, Consumer<JsonNode> seen) {
    HttpRequest request =
        unlimited(path).header("Accept", "application/problem+json, text/event-stream").build();
    JsonNode last = MissingNode.getInstance();
    HttpResponse<Stream<String>> response = exchange(request, BodyHandlers.ofLines());
    Stream<String> body = response.body();
    Deadline deadline = Deadline.in(longest, body::close);
    try (deadline;
        Stream<String> lines = body) {
      if (response.statusCode() != 200) {
        byte[] said = lines.collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
        throw Problem.of(endpoint, response.statusCode(), said).asError();
      }
      for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
        String line = each.next();
        if (line.startsWith("data:")) {
          last = JSON.readTree(line.substring("data:".length()));
          seen.accept(last);
        }
      }
      if (deadline.passed()) {
        throw tooLong(longest);
      }
      return last;
    } catch (UncheckedIOException e) {
      if (deadline.passed()) {
        throw tooLong(longest);
      }
      throw new UserError(
          "the connection to the %s at %s broke; the tasks go on by themselves"
              .formatted(endpoint.name(), endpoint.address()));
    }
  }

  private static UserError tooLong(Duration longest) {
    return new UserError(
        "not ended after %s; the tasks go on by themselves"
            .formatted(longest.toString().substring(2).toLowerCase(Locale.ROOT)));
  }

  <T> T put(String path, Class<T> type) {
    return parse(
        send(
            request(path)
                .header("Accept", "application/json")
                .PUT(BodyPublishers.noBody())
                .build()),
        type);
  }

  /** A path segment or query value, escaped. */
  static String escape(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    return unlimited(path).timeout(REPLY);
  }

  private HttpRequest.Builder unlimited(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path));
    return endpoint.token().isEmpty()
        ? request
        : request.header("Authorization", "Bearer " + endpoint.token());
  }

  private byte[] send(HttpRequest request) {
    return checked(request).body();
  }

  private HttpResponse<byte[]> checked(HttpRequest request) {
    HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw Problem.of(endpoint, response.statusCode(), response.body()).asError();
    }
    return response;
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (HttpTimeoutException e) {
      throw new UserError(
          "the %s at %s did not answer in time: is it overloaded, or another service? (%s, %s)"
              .formatted(
                  endpoint.name(), endpoint.address(), endpoint.option(), endpoint.variable()));
    } catch (ConnectException e) {
      throw new UserError(
          "no %s at %s: start one with 'windrow up', or give its address with %s or %s"
              .formatted(
                  endpoint.name(), endpoint.address(), endpoint.option(), endpoint.variable()));
    } catch (SSLException e) {
      throw new UserError(
          "no secure connection to the %s at %s (%s): give the authority of its certificate with"
                  .formatted(endpoint.name(), endpoint.address(), e.getMessage())
              + " --ca-file or WINDROW_CA_FILE, and its address with the name the certificate has");
    } catch (IOException e) {
      throw new UserError(
          "the connection to the %s at %s broke (%s): try again, or check %s"
              .formatted(endpoint.name(), endpoint.address(), e.getMessage(), endpoint.option()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted");
    }
  }

  private <T> T parse(byte[] body, Class<T> type) {
    try {
      return JSON.readValue(body, type);
    } catch (JacksonException e) {
      throw new UserError(
          "%s answers, but not as a Windrow %s does: check %s"
              .formatted(endpoint.address(), endpoint.name(), endpoint.option()));
    }
  }
}
