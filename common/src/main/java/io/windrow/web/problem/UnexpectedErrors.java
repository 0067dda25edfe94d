package io.windrow.web.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * Answers what no advice knows, and what fails before there is a handler, as a problem, too. What
 * nobody foresaw is logged with an id that the answer names, and the answer says nothing else of
 * it.
 */
public final class UnexpectedErrors implements WebExceptionHandler, Ordered {
  private static final Logger log = LoggerFactory.getLogger(UnexpectedErrors.class);

  /** Before Boot's, which is at -1 and answers in a form of its own. */
  private static final int ORDER = -2;

  @Override
  public int getOrder() {
    return ORDER;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable e) {
    if (exchange.getResponse().isCommitted()
        || DisconnectedClientHelper.isClientDisconnectedException(e)) {
      return Mono.error(e); // nobody can be told
    }
    if (e instanceof ErrorResponse known) {
      exchange.getResponse().getHeaders().putAll(known.getHeaders());
      return ProblemWriter.write(exchange, known.getBody());
    }
    String id = exchange.getRequest().getId();
    log.atError()
        .addKeyValue("id", id)
        .addKeyValue("method", exchange.getRequest().getMethod())
        .addKeyValue("path", exchange.getRequest().getPath().value())
        .setCause(e)
        .log("a request failed for a reason that nobody foresaw");
    ProblemDetail problem =
        Problems.problem(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Internal error",
            "This failed for a reason that nobody foresaw. Whether anything was changed is not"
                + " known: look before you ask again. The service's log says more under this id; report it.");
    problem.setProperty("id", id);
    return ProblemWriter.write(exchange, problem);
  }
}
