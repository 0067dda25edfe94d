package io.windrow.web.idempotency;

import io.windrow.web.problem.Problems;
import org.springframework.util.StringUtils;

/** The header that names a request, so that sending it twice does it once. */
public final class IdempotencyKey {
  /** The request's header. */
  public static final String HEADER = "Idempotency-Key";

  /** The answer's header if it is the answer to an earlier request. */
  public static final String REPLAYED = "Idempotent-Replayed";

  /** Most characters. */
  public static final int LONGEST = 255;

  private IdempotencyKey() {}

  /** The key; fails with 400 if it cannot be one. */
  static String check(String given) {
    boolean printable = given.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!StringUtils.hasLength(given) || given.length() > LONGEST || !printable) {
      throw Problems.badRequest(
          HEADER
              + " must have 1 to "
              + LONGEST
              + " printable ASCII characters without blanks, as a UUID has. Nothing was changed.");
    }
    return given;
  }
}
