package io.windrow.coordinator.api;

import com.mongodb.MongoException;
import io.windrow.coordinator.workflow.BaseFileMissing;
import io.windrow.coordinator.workflow.WorkflowException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Answers every error as {@code application/problem+json}. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ProblemDetail rejected(WorkflowException e) {
    return Problems.rejected(e);
  }

  @ExceptionHandler
  ProblemDetail baseMissing(BaseFileMissing e) {
    return Problems.baseMissing(e);
  }

  @Override
  protected Mono<ResponseEntity<Object>> handleResponseStatusException(
      ResponseStatusException e,
      HttpHeaders headers,
      HttpStatusCode status,
      ServerWebExchange exchange) {
    return status.isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)
        ? handleExceptionInternal(e, Problems.tooLarge(), headers, status, exchange)
        : super.handleResponseStatusException(e, headers, status, exchange);
  }

  /** A body that cannot be read: what the reader of JSON says, not that of the framework. */
  @Override
  protected Mono<ResponseEntity<Object>> handleServerWebInputException(
      ServerWebInputException e,
      HttpHeaders headers,
      HttpStatusCode status,
      ServerWebExchange exchange) {
    if (NestedExceptionUtils.getMostSpecificCause(e) instanceof UnrecognizedPropertyException odd) {
      return handleExceptionInternal(
          e,
          Problems.unknownKey(odd.getPropertyName(), odd.getKnownPropertyIds()),
          headers,
          status,
          exchange);
    }
    return NestedExceptionUtils.getMostSpecificCause(e) instanceof JacksonException json
        ? handleExceptionInternal(
            e, Problems.notJson(json.getOriginalMessage()), headers, status, exchange)
        : super.handleServerWebInputException(e, headers, status, exchange);
  }

  @ExceptionHandler({MongoException.class, TimeoutException.class})
  ProblemDetail storeAway(Exception e) {
    log.atWarn().addKeyValue("error", e.toString()).log("store does not answer a request");
    return Problems.storeAway(e.getClass().getSimpleName());
  }

  @ExceptionHandler({KafkaException.class, org.springframework.kafka.KafkaException.class})
  ProblemDetail brokerAway(RuntimeException e) {
    log.atWarn().addKeyValue("error", e.toString()).log("broker does not answer a request");
    return Problems.brokerAway(e.getClass().getSimpleName());
  }
}
