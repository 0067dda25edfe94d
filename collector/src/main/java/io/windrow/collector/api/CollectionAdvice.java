package io.windrow.collector.api;

import io.windrow.collector.collect.UnknownKeyException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers the errors that collections alone have. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before the one of all roles
@RestControllerAdvice(basePackageClasses = CollectionAdvice.class)
class CollectionAdvice {

  @ExceptionHandler
  ProblemDetail unknownKey(UnknownKeyException e) {
    return Problems.badQuery(String.valueOf(e.getMessage())).getBody();
  }
}
