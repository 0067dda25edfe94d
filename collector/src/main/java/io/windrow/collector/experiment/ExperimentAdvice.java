package io.windrow.collector.experiment;

import io.windrow.experiment.RecorderConflictException;
import java.util.NoSuchElementException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;

/** Answers what the experiments refuse as RFC 9457 {@code application/problem+json}. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before the collector's general one
@RestControllerAdvice(basePackageClasses = ExperimentAdvice.class)
class ExperimentAdvice {

  @ExceptionHandler(RecorderConflictException.class)
  ProblemDetail conflict(RecorderConflictException e) {
    return problem(HttpStatus.CONFLICT, "Recorder in another state", e);
  }

  @ExceptionHandler(NoSuchElementException.class)
  ProblemDetail unknown(NoSuchElementException e) {
    return problem(HttpStatus.NOT_FOUND, "Unknown recorder", e);
  }

  @ExceptionHandler(IllegalArgumentException.class)
  ProblemDetail bad(IllegalArgumentException e) {
    return problem(HttpStatus.BAD_REQUEST, "Bad request", e);
  }

  /** A body or parameter that cannot be read, with what its reader says. */
  @ExceptionHandler(ServerWebInputException.class)
  ProblemDetail unreadable(ServerWebInputException e) {
    Throwable cause = e.getMostSpecificCause();
    String words = cause instanceof JacksonException json ? json.getOriginalMessage() : "";
    ProblemDetail body = e.getBody();
    if (words != null && !words.isEmpty()) {
      body.setDetail("the body cannot be read: " + words.lines().findFirst().orElse(""));
    }
    return body;
  }

  @ExceptionHandler(DataBufferLimitException.class)
  ProblemDetail tooLarge(DataBufferLimitException e) {
    return problem(HttpStatus.CONTENT_TOO_LARGE, "Body too large", e);
  }

  private static ProblemDetail problem(HttpStatus status, String title, Exception e) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(status, String.valueOf(e.getMessage()));
    problem.setTitle(title);
    return problem;
  }
}
