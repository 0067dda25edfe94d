package io.windrow.web.security;

import io.windrow.web.problem.ProblemWriter;
import io.windrow.web.problem.Problems;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What is not let through is answered as RFC 9457 {@code application/problem+json}. */
final class ProblemAnswers {
  private static final String BEARER = "Bearer";

  private ProblemAnswers() {}

  /** 401 to who shows no token. */
  static Mono<Void> noToken(ServerWebExchange exchange) {
    header(exchange, HttpHeaders.WWW_AUTHENTICATE, BEARER);
    return write(
        exchange,
        HttpStatus.UNAUTHORIZED,
        "Token needed",
        "This needs a token: send the header 'Authorization: Bearer TOKEN' (windrow: set"
            + " WINDROW_TOKEN, or use --token-file). An administrator makes one with"
            + " 'windrow token create'.");
  }

  /** 401 to who shows a token that lets nobody in. */
  static Mono<Void> badToken(ServerWebExchange exchange, String why) {
    header(exchange, HttpHeaders.WWW_AUTHENTICATE, BEARER + " error=\"invalid_token\"");
    return write(exchange, HttpStatus.UNAUTHORIZED, "Token refused", why);
  }

  /**
   * 403 to who may not do it.
   *
   * @param needed the scope it needs; empty if nobody may do it
   */
  static Mono<Void> forbidden(ServerWebExchange exchange, Caller caller, Optional<Scope> needed) {
    needed.ifPresent(
        scope ->
            header(
                exchange,
                HttpHeaders.WWW_AUTHENTICATE,
                BEARER + " error=\"insufficient_scope\", scope=\"" + scope.word() + "\""));
    String detail =
        needed
            .map(
                scope ->
                    "This needs the scope '%s', and '%s' has %s. Ask an administrator for a token with that scope."
                        .formatted(
                            scope.word(),
                            caller.name(),
                            caller.scope() == null
                                ? "none"
                                : "only '" + caller.scope().word() + "'"))
            .orElse(
                "Nobody may do this: there is no such address with this method. Check both against"
                    + " the documentation.");
    return write(exchange, HttpStatus.FORBIDDEN, "Not allowed", detail);
  }

  /** 403 to what a page of another site made a browser send. */
  static Mono<Void> foreign(ServerWebExchange exchange, String what) {
    return write(
        exchange,
        HttpStatus.FORBIDDEN,
        "Not from here",
        what
            + " While windrow.security.mode is off, only this machine itself is served: use"
            + " 127.0.0.1 or localhost, or set the mode to tokens.");
  }

  /** 403 to a change that any page could have made a browser send with its cookie. */
  static Mono<Void> notByTheConsole(ServerWebExchange exchange) {
    return write(
        exchange,
        HttpStatus.FORBIDDEN,
        "Not from the console",
        "A change with the cookie of a session needs the header '"
            + SessionFilter.CONSOLE
            + ": 1', which only the console's own pages can send. Programs send a token instead:"
            + " 'Authorization: Bearer TOKEN'.");
  }

  /** 429 to who asks too often. */
  static Mono<Void> tooMany(ServerWebExchange exchange, Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    header(exchange, HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    return write(
        exchange,
        HttpStatus.TOO_MANY_REQUESTS,
        "Too many requests",
        "Too many requests at once: wait %d s and ask again, or ask for more per request. The limit is windrow.security.rate."
            .formatted(seconds));
  }

  /** 503 if it cannot be told who it is. */
  static Mono<Void> cannotTell(ServerWebExchange exchange, String why) {
    return write(
        exchange,
        HttpStatus.SERVICE_UNAVAILABLE,
        "Token cannot be checked",
        why + ". Nothing was changed; ask again.");
  }

  private static void header(ServerWebExchange exchange, String name, String value) {
    exchange.getResponse().getHeaders().set(name, value);
  }

  private static Mono<Void> write(
      ServerWebExchange exchange, HttpStatus status, String title, String detail) {
    return ProblemWriter.write(exchange, Problems.problem(status, title, detail));
  }
}
