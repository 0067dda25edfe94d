package io.windrow.coordinator.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which headers go on, and which mean this connection only. */
final class ForwardedHeaders {
  private static final String CONNECTION = "connection";

  /** RFC 9110, 7.6.1. */
  private static final Set<String> OF_A_CONNECTION =
      Set.of(
          CONNECTION,
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * What was meant for the coordinator and is settled here: the host it was asked under, the page
   * that asked (which is of its own origin, not the collector's), whether a body may come, and
   * cookies, which the collector never sees.
   */
  private static final Set<String> SETTLED =
      Set.of("host", "origin", "referer", "expect", "cookie");

  private ForwardedHeaders() {}

  /** Hands over what the collector may see of a request. */
  static void ofRequest(
      Stream<Map.Entry<String, String>> sent, BiConsumer<String, String> receiver) {
    forward(sent.filter(header -> !SETTLED.contains(lower(header.getKey()))), receiver);
  }

  /** Hands over what the caller may see of an answer. */
  static void ofAnswer(
      Stream<Map.Entry<String, String>> answered, BiConsumer<String, String> receiver) {
    forward(answered, receiver);
  }

  private static void forward(
      Stream<Map.Entry<String, String>> all, BiConsumer<String, String> receiver) {
    List<Map.Entry<String, String>> headers = all.toList();
    Set<String> named =
        headers.stream()
            .filter(header -> lower(header.getKey()).equals(CONNECTION))
            .flatMap(header -> Stream.of(lower(header.getValue()).split(",", -1)))
            .map(String::strip)
            .collect(Collectors.toSet());
    headers.stream()
        .filter(header -> !OF_A_CONNECTION.contains(lower(header.getKey())))
        .filter(header -> !named.contains(lower(header.getKey())))
        .forEach(header -> receiver.accept(header.getKey(), header.getValue()));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
