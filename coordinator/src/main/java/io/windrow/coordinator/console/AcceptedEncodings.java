package io.windrow.coordinator.console;

import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** What a browser says of compressed answers. */
final class AcceptedEncodings {
  private AcceptedEncodings() {}

  /** Whether it takes gzip: named, or covered by a star, and not with the weight 0. */
  static boolean gzip(HttpHeaders headers) {
    String all = String.join(",", headers.getOrEmpty(HttpHeaders.ACCEPT_ENCODING));
    boolean star = false;
    for (String each : all.toLowerCase(Locale.ROOT).replace(" ", "").split(",", -1)) {
      String[] parts = each.split(";", 2);
      boolean wanted = parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      if (parts[0].equals("gzip")) {
        return wanted;
      }
      star |= parts[0].equals("*") && wanted;
    }
    return star;
  }
}
