package io.windrow.cli.client;

import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

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
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Service(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  <T> T get(String path, Class<T> type) {
    return parse(send(request(path).header("Accept", "application/json").GET().build()), type);
  }

  void delete(String path) {
    send(request(path).header("Accept", "application/json").DELETE().build());
  }

  byte[] bytes(String path, String mediaType) {
    return send(request(path).header("Accept", mediaType).GET().build());
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
    return HttpRequest.newBuilder(endpoint.resolve(path)).timeout(REPLY);
  }

  private byte[] send(HttpRequest request) {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, BodyHandlers.ofByteArray());
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
    } catch (IOException e) {
      throw new UserError(
          "the connection to the %s at %s broke (%s): try again, or check %s"
              .formatted(endpoint.name(), endpoint.address(), e.getMessage(), endpoint.option()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted");
    }
    if (response.statusCode() / 100 != 2) {
      throw Problem.of(endpoint, response.statusCode(), response.body()).asError();
    }
    return response.body();
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
