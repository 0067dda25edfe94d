package io.windrow.web.problem;

import com.mongodb.MongoException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/**
 * Answers every error as {@code application/problem+json}. What a role alone knows of is answered
 * by an advice of its own, which comes before this one.
 */
@Order // after all others
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final SpellingHint hint;
  private final DataSize largestBody;

  /**
   * @param largestBody what the codecs hold in memory
   */
  public ProblemAdvice(
      SpellingHint hint,
      @Value("${spring.http.codecs.max-in-memory-size:256KB}") DataSize largestBody) {
    this.hint = hint;
    this.largestBody = largestBody;
  }

  /** The store does not answer. */
  @ExceptionHandler({MongoException.class, TimeoutException.class})
  public ProblemDetail storeAway(Exception e) {
    log.atWarn().addKeyValue("error", e.toString()).log("store does not answer a request");
    return Problems.problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "Store unavailable",
        "The store does not answer ("
            + e.getClass().getSimpleName()
            + "). Nothing is lost; ask again when MongoDB is back. A submission may be sent again,"
            + " nothing is inserted twice.");
  }

  /** A body that is read piece by piece is too large. */
  @ExceptionHandler
  public ProblemDetail tooLarge(DataBufferLimitException e) {
    return tooLarge(String.valueOf(e.getMessage()));
  }

  @Override
  protected Mono<ResponseEntity<Object>> handleResponseStatusException(
      ResponseStatusException e,
      HttpHeaders headers,
      HttpStatusCode status,
      ServerWebExchange exchange) {
    if (status.isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)) {
      return handleExceptionInternal(
          e,
          tooLarge("A body may have " + largestBody.toKilobytes() + " KiB here"),
          headers,
          status,
          exchange);
    }
    return status.isSameCodeAs(HttpStatus.NOT_FOUND)
        ? answer(
            e,
            "There is nothing at "
                + Quoted.of(exchange.getRequest().getPath().value())
                + "; /api/v1/openapi.json lists what there is.",
            headers,
            exchange)
        : super.handleResponseStatusException(e, headers, status, exchange);
  }

  @Override
  protected Mono<ResponseEntity<Object>> handleMethodNotAllowedException(
      MethodNotAllowedException e,
      HttpHeaders headers,
      HttpStatusCode status,
      ServerWebExchange exchange) {
    return answer(
        e,
        "%s is not possible at this address; possible: %s."
            .formatted(Quoted.of(e.getHttpMethod()), names(e.getSupportedMethods())),
        headers,
        exchange);
  }

  @Override
  protected Mono<ResponseEntity<Object>> handleNotAcceptableStatusException(
      NotAcceptableStatusException e,
      HttpHeaders headers,
      HttpStatusCode status,
      ServerWebExchange exchange) {
    return answer(
        e,
        "Nothing that Accept %s asks for can be answered here; there is %s."
            .formatted(
                Quoted.of(exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT)),
                names(e.getSupportedMediaTypes())),
        headers,
        exchange);
  }

  @Override
  protected Mono<ResponseEntity<Object>> handleUnsupportedMediaTypeStatusException(
      UnsupportedMediaTypeStatusException e,
      HttpHeaders headers,
      HttpStatusCode status,
      ServerWebExchange exchange) {
    String given = exchange.getRequest().getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
    return answer(
        e,
        "A body of Content-Type %s is not read here; read is %s."
            .formatted(
                given == null ? "none" : Quoted.of(given), names(e.getSupportedMediaTypes())),
        headers,
        exchange);
  }

  @Override
  protected Mono<ResponseEntity<Object>> handleMissingRequestValueException(
      MissingRequestValueException e,
      HttpHeaders headers,
      HttpStatusCode status,
      ServerWebExchange exchange) {
    return handleExceptionInternal(e, ParameterProblem.missing(e), headers, status, exchange);
  }

  @Override
  protected Mono<ResponseEntity<Object>> handleServerWebInputException(
      ServerWebInputException e,
      HttpHeaders headers,
      HttpStatusCode status,
      ServerWebExchange exchange) {
    ProblemDetail problem =
        NestedExceptionUtils.getMostSpecificCause(e) instanceof JacksonException json
            ? BodyProblem.of(json, hint)
            : ParameterProblem.unreadable(e);
    return problem == null
        ? super.handleServerWebInputException(e, headers, status, exchange)
        : handleExceptionInternal(e, problem, headers, status, exchange);
  }

  private Mono<ResponseEntity<Object>> answer(
      ResponseStatusException e, String detail, HttpHeaders headers, ServerWebExchange exchange) {
    e.getBody().setDetail(detail);
    return handleExceptionInternal(e, null, headers, e.getStatusCode(), exchange);
  }

  private static ProblemDetail tooLarge(String rule) {
    return Problems.problem(
        HttpStatus.CONTENT_TOO_LARGE,
        "Request too large",
        rule + "; this one is larger. Nothing was stored.");
  }

  private static String names(@Nullable Collection<?> of) {
    List<?> known = of == null ? List.of() : List.copyOf(of);
    return known.isEmpty()
        ? "nothing else"
        : known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }
}
