package io.windrow.web.idempotency;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** An answer as it is kept. */
final class Answer {
  private static final Set<String> KEPT =
      Set.of("content-type", "content-disposition", "etag", "link", "location");

  /** Nobody has acted on the request: it may be tried again. */
  private static final Set<Integer> NOT_TRIED = Set.of(401, 403, 408, 429);

  /** One header with one value. */
  record Header(String name, String value) {}

  private final int status;
  private final List<Header> headers;
  private final byte[] body;
  private final boolean secret;

  /**
   * @param status of HTTP
   * @param headers those that are part of what was answered
   * @param body its bytes, which nobody may change
   * @param secret whether the body must not be stored
   */
  Answer(int status, List<Header> headers, byte[] body, boolean secret) {
    this.status = status;
    this.headers = List.copyOf(headers);
    this.body = body;
    this.secret = secret;
  }

  int status() {
    return status;
  }

  List<Header> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** Whether its body must not be stored: the answer's {@code Cache-Control} says so. */
  boolean secret() {
    return secret;
  }

  static Answer of(int status, HttpHeaders all, byte[] body) {
    return new Answer(
        status,
        all.headerSet().stream()
            .filter(header -> kept(header.getKey().toLowerCase(Locale.ROOT)))
            .flatMap(
                header ->
                    header.getValue().stream().map(value -> new Header(header.getKey(), value)))
            .toList(),
        body,
        String.valueOf(all.getCacheControl()).contains("no-store"));
  }

  private static boolean kept(String name) {
    return KEPT.contains(name) || name.startsWith("windrow-");
  }

  /** Whether the same request would be answered alike: not if the role has failed. */
  boolean lasting() {
    return status < 500 && !NOT_TRIED.contains(status);
  }
}
