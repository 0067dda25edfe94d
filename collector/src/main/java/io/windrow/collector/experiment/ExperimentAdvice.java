package io.windrow.collector.experiment;

import static io.windrow.web.problem.Problems.problem;

import io.windrow.experiment.RecorderConflictException;
import java.util.NoSuchElementException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers what the experiments refuse. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before the one of all roles
@RestControllerAdvice(basePackageClasses = ExperimentAdvice.class)
class ExperimentAdvice {

  @ExceptionHandler
  ProblemDetail conflict(RecorderConflictException e) {
    return problem(HttpStatus.CONFLICT, "Recorder in another state", words(e));
  }

  @ExceptionHandler
  ProblemDetail unknown(NoSuchElementException e) {
    return problem(HttpStatus.NOT_FOUND, "Unknown recorder", words(e));
  }

  @ExceptionHandler
  ProblemDetail bad(IllegalArgumentException e) {
    return problem(HttpStatus.BAD_REQUEST, "Bad request", words(e));
  }

  private static String words(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
