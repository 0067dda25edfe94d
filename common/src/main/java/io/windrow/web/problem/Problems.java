package io.windrow.web.problem;

import java.util.Collection;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Makes errors that are answered as RFC 9457 problems. */
public final class Problems {
  private Problems() {}

  /** An error. Further properties can be set on its body. */
  public static ErrorResponseException error(HttpStatus status, String title, String detail) {
    return new ErrorResponseException(status, problem(status, title, detail), null);
  }

  /** A request that cannot be followed as it is. */
  public static ErrorResponseException badRequest(String detail) {
    return error(HttpStatus.BAD_REQUEST, "Bad request", detail);
  }

  /** What an error answers. */
  public static ProblemDetail problem(HttpStatus status, String title, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(title);
    return problem;
  }

  /** A key of a body that nobody knows. */
  static ProblemDetail unknownKey(String key, Collection<String> known, SpellingHint hint) {
    return problem(
        HttpStatus.BAD_REQUEST,
        "Bad request",
        "The key "
            + Quoted.of(key)
            + " is not known here"
            + hint.of(key, known)
            + "; known: "
            + String.join(", ", known)
            + ". Nothing was changed.");
  }
}
