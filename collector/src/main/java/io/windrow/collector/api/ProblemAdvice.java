package io.windrow.collector.api;

import com.mongodb.MongoException;
import io.windrow.collector.collect.UnknownKeyException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;

/** Answers every error as RFC 9457 {@code application/problem+json}. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler(UnknownKeyException.class)
  ProblemDetail unknownKey(UnknownKeyException e) {
    return Problems.badQuery(String.valueOf(e.getMessage())).getBody();
  }

  @ExceptionHandler({MongoException.class, TimeoutException.class})
  ProblemDetail storeAway(Exception e) {
    log.atWarn().addKeyValue("error", e.toString()).log("store does not answer a request");
    return Problems.storeAway(e.getClass().getSimpleName());
  }
}
