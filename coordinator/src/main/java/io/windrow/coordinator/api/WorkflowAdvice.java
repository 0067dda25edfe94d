package io.windrow.coordinator.api;

import io.windrow.coordinator.workflow.BaseFileMissing;
import io.windrow.coordinator.workflow.WorkflowException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers the errors that the coordinator alone has. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before the one of all roles
@RestControllerAdvice
class WorkflowAdvice {
  private static final Logger log = LoggerFactory.getLogger(WorkflowAdvice.class);

  @ExceptionHandler
  ProblemDetail rejected(WorkflowException e) {
    return Problems.rejected(e);
  }

  @ExceptionHandler
  ProblemDetail baseMissing(BaseFileMissing e) {
    return Problems.baseMissing(e);
  }

  @ExceptionHandler({KafkaException.class, org.springframework.kafka.KafkaException.class})
  ProblemDetail brokerAway(RuntimeException e) {
    log.atWarn().addKeyValue("error", e.toString()).log("broker does not answer a request");
    return Problems.brokerAway(e.getClass().getSimpleName());
  }
}
