package io.windrow.web.paging;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where the next page of a list begins. A cursor is a place between two entries, so a page neither
 * repeats nor passes by what was there before, whatever comes in meanwhile.
 */
public final class NextPage {
  private NextPage() {}

  /**
   * The place to begin at.
   *
   * @param cursor as the page before gave it, or null
   * @param after the same by its earlier name, or null
   * @return empty for the first page
   */
  public static String from(@Nullable String cursor, @Nullable String after) {
    String given = cursor == null || cursor.isEmpty() ? after : cursor;
    return given == null ? "" : given;
  }

  /**
   * Sets the header {@code Link} of RFC 8288: the same question from the next page on.
   *
   * @param cursor null on the last page
   */
  public static void link(ServerWebExchange exchange, @Nullable String cursor) {
    if (cursor == null) {
      return;
    }
    String query = exchange.getRequest().getURI().getRawQuery();
    Stream<String> rest =
        Arrays.stream((query == null ? "" : query).split("&", -1))
            .filter(part -> !part.isEmpty())
            .filter(part -> !part.startsWith("after=") && !part.startsWith("cursor="));
    String next =
        Stream.concat(
                rest, Stream.of("cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)))
            .collect(Collectors.joining("&"));
    exchange
        .getResponse()
        .getHeaders()
        .set(
            HttpHeaders.LINK,
            "<" + exchange.getRequest().getPath().value() + "?" + next + ">; rel=\"next\"");
  }
}
