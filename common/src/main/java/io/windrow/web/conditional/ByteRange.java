package io.windrow.web.conditional;

import io.windrow.web.problem.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * The bytes that a request asks for.
 *
 * @param first position of the first
 * @param last position of the last, included
 * @param length of the whole
 */
public record ByteRange(long first, long last, long length) {

  /**
   * Reads {@code Range} and {@code If-Range}. Null if the whole is meant: nothing is asked for,
   * several ranges are, what is asked for makes no sense, or it is of another content. Fails with
   * 416 if none of it is there.
   *
   * @param length of the whole
   * @param tag of the content
   */
  public static @Nullable ByteRange of(HttpHeaders request, long length, String tag) {
    String condition = request.getFirst(HttpHeaders.IF_RANGE);
    if (condition != null && !condition.strip().equals(tag)) {
      return null;
    }
    List<HttpRange> ranges;
    try {
      ranges = HttpRange.parseRanges(request.getFirst(HttpHeaders.RANGE));
    } catch (IllegalArgumentException e) {
      return null; // RFC 9110, 14.2: what is no range is left out
    }
    if (ranges.size() != 1) {
      return null;
    }
    try {
      HttpRange range = ranges.get(0);
      long first = range.getRangeStart(length);
      long last = range.getRangeEnd(length);
      if (first > last || first >= length) {
        throw unsatisfiable(length);
      }
      return new ByteRange(first, last, length);
    } catch (IllegalArgumentException e) {
      throw unsatisfiable(length);
    }
  }

  /** How many bytes. */
  public long size() {
    return last - first + 1;
  }

  /** As the header {@code Content-Range} has it. */
  public String contentRange() {
    return "bytes " + first + "-" + last + "/" + length;
  }

  private static ErrorResponseException unsatisfiable(long length) {
    ErrorResponseException error =
        Problems.error(
            HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "No such range",
            "There are " + length + " bytes, and the Range asked for begins behind them.");
    error.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
    return error;
  }
}
