package io.windrow.web.conditional;

import io.windrow.web.Sha256;
import io.windrow.web.problem.Problems;
import io.windrow.web.problem.Quoted;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Strong entity tags: two answers have the same one if and only if they are the same. */
public final class ETags {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private static final int BYTES = 16;

  private ETags() {}

  /**
   * A tag.
   *
   * @param state all that the answer is made of, as Jackson can write it
   */
  public static String of(Object state) {
    byte[] hash = Sha256.of(JSON.writeValueAsBytes(state));
    return quoted(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES)));
  }

  /** A name that content never shares with other content, as a tag. */
  public static String quoted(String name) {
    return '"' + name + '"';
  }

  /**
   * Fails with 412 if a change is meant for another state than this one: {@code If-Match} holds
   * neither its tag nor a star.
   */
  public static void requireMatch(ServerWebExchange exchange, String current) {
    List<String> given = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.IF_MATCH);
    if (given.isEmpty() || matches(String.join(",", given), current)) {
      return;
    }
    throw stale(String.join(",", given), current);
  }

  /** Whether a request says which state it changes. */
  public static boolean conditional(ServerWebExchange exchange) {
    return exchange.getRequest().getHeaders().containsHeader(HttpHeaders.IF_MATCH);
  }

  /** Somebody else was faster than a change that says which state it is meant for. */
  public static RuntimeException stale(String given, String current) {
    return Problems.error(
        HttpStatus.PRECONDITION_FAILED,
        "Changed meanwhile",
        "If-Match is "
            + Quoted.of(given)
            + ", and the ETag is "
            + current
            + " now: somebody has changed it since. Look at it again. Nothing was changed.");
  }

  private static boolean matches(String header, String current) {
    return header.strip().equals("*")
        || ETag.parse(header).stream()
            .anyMatch(tag -> !tag.weak() && quoted(tag.tag()).equals(current));
  }
}
