package io.windrow.collector.answer;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.ServerWebExchange;

/** Which format a request prefers. */
public final class Preference {
  private Preference() {}

  /**
   * Whether it is JSON. What names neither, or both alike, has the other.
   *
   * @param other what is answered unless JSON is asked for
   */
  public static boolean json(ServerWebExchange exchange, MediaType other) {
    List<MediaType> accepted = new ArrayList<>(exchange.getRequest().getHeaders().getAccept());
    MimeTypeUtils.sortBySpecificity(accepted);
    for (MediaType type : accepted) {
      if (type.includes(other)) {
        return false;
      }
      if (type.includes(MediaType.APPLICATION_JSON)) {
        return true;
      }
    }
    return false;
  }
}
