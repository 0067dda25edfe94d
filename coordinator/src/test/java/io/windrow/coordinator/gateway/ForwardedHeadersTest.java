package io.windrow.coordinator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForwardedHeadersTest {
  private static final List<Map.Entry<String, String>> HEADERS =
      List.of(
          Map.entry("Host", "windrow.example"),
          Map.entry("Connection", "close, X-Mine"),
          Map.entry("X-Mine", "of this connection"),
          Map.entry("Keep-Alive", "timeout=5"),
          Map.entry("Transfer-Encoding", "chunked"),
          Map.entry("TE", "trailers"),
          Map.entry("Upgrade", "h2c"),
          Map.entry("Cookie", "windrow_session=secret"),
          Map.entry("Origin", "http://windrow.example"),
          Map.entry("Referer", "http://windrow.example/pools"),
          Map.entry("Expect", "100-continue"),
          Map.entry("Authorization", "Bearer a"),
          Map.entry("If-None-Match", "\"a\""),
          Map.entry("Accept", "text/csv"),
          Map.entry("accept", "application/json"));

  @Test
  void what_means_one_connection_or_the_coordinator_stays() {
    List<String> got = new ArrayList<>();
    ForwardedHeaders.ofRequest(HEADERS.stream(), (name, value) -> got.add(name + ": " + value));
    assertThat(got)
        .containsExactly(
            "Authorization: Bearer a",
            "If-None-Match: \"a\"",
            "Accept: text/csv",
            "accept: application/json");
  }

  @Test
  void of_an_answer_only_what_means_one_connection_stays() {
    List<String> got = new ArrayList<>();
    ForwardedHeaders.ofAnswer(
        Stream.of(
            Map.entry("connection", "close"),
            Map.entry("transfer-encoding", "chunked"),
            Map.entry("content-encoding", "gzip"),
            Map.entry("ETag", "\"a\"")),
        (name, value) -> got.add(name + ": " + value));
    assertThat(got).containsExactly("content-encoding: gzip", "ETag: \"a\"");
  }
}
