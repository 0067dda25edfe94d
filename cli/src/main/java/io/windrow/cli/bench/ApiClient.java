package io.windrow.cli.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks as any client does, over one connection that stays open, to the last byte. */
final class ApiClient {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * An answer.
   *
   * @param next where the next page begins, empty if there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Answer(byte[] body, String next) {
    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /** Fails unless all is well: a fast refusal is no answer. */
  Answer get(String address) {
    HttpResponse<byte[]> response = send(address, BodyHandlers.ofByteArray());
    require(address, response.statusCode(), response.body());
    return new Answer(response.body(), response.headers().firstValue("Windrow-Next").orElse(""));
  }

  /** Bytes up to the end of the first event; the connection is closed then. */
  int firstEvent(String address) {
    HttpResponse<InputStream> response = send(address, BodyHandlers.ofInputStream());
    try (InputStream events = response.body()) {
      ByteArrayOutputStream seen = new ByteArrayOutputStream();
      int before = -1;
      for (int next = events.read(); next >= 0; next = events.read()) {
        seen.write(next);
        if (next == '\n' && before == '\n') {
          break;
        }
        before = next;
      }
      require(address, response.statusCode(), seen.toByteArray());
      return seen.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads events on a thread of its own until it is closed. */
  Listener listen(String address) {
    return new Listener(send(address, BodyHandlers.ofInputStream()).body());
  }

  /** Counts what it is told. */
  static final class Listener implements AutoCloseable {
    private final InputStream events;
    private final AtomicLong bytes = new AtomicLong();

    private Listener(InputStream events) {
      this.events = events;
      Thread reader = new Thread(this::read, "windrow-bench-listener");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      byte[] buffer = new byte[8192];
      try {
        for (int read = events.read(buffer); read >= 0; read = events.read(buffer)) {
          bytes.addAndGet(read);
        }
      } catch (IOException e) {
        // it was closed: there is nothing more to count
      }
    }

    long bytes() {
      return bytes.get();
    }

    @Override
    public void close() {
      try {
        events.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private <T> HttpResponse<T> send(String address, HttpResponse.BodyHandler<T> body) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(LONGEST).build();
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(address + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void require(String address, int status, byte[] body) {
    if (status != 200) {
      throw new IllegalStateException(
          "GET %s: %d %s".formatted(address, status, new String(body, StandardCharsets.UTF_8)));
    }
  }
}
