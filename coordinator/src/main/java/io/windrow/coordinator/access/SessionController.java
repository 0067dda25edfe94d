package io.windrow.coordinator.access;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.web.problem.Problems;
import io.windrow.web.security.Caller;
import io.windrow.web.security.Scope;
import io.windrow.web.security.SecurityMode;
import io.windrow.web.security.Sessions;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Sessions of the console. */
@RestController
@RequestMapping("/api/v1/session")
class SessionController {
  private final Sessions sessions;

  SessionController(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Who wants to sign in.
   *
   * @param token an API token, or one of the identity provider
   */
  record SignIn(@Nullable String token) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "SignIn[token=...]";
    }
  }

  /**
   * Who is signed in.
   *
   * @param security off: nobody need sign in; or tokens
   * @param name of the token, or null if nobody is
   * @param scope the highest that the caller has, or null if nobody is signed in
   * @param expiresAt when the token ends, or null if never
   */
  record SessionView(
      String security, @Nullable String name, @Nullable Scope scope, @Nullable Instant expiresAt) {}

  /**
   * Signs in: the answer sets a cookie that holds the token until it ends, for 12 hours at most.
   * With the cookie, what is not a GET needs the header {@code Windrow-Console: 1}.
   */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<ResponseEntity<SessionView>> begin(@RequestBody SignIn wanted, ServerWebExchange exchange) {
    if (sessions.mode() == SecurityMode.OFF) {
      return current(exchange);
    }
    String token = wanted.token() == null ? "" : wanted.token().strip();
    if (token.isEmpty()) {
      throw Problems.badRequest(
          "'token' is missing: an API token, or one of the identity provider.");
    }
    return sessions.signIn(exchange, token).map(caller -> begun(token, caller, exchange));
  }

  private ResponseEntity<SessionView> begun(
      String token, Caller caller, ServerWebExchange exchange) {
    if (caller.scope() == null) {
      throw Problems.error(
          HttpStatus.FORBIDDEN,
          "Not allowed",
          "'%s' has none of the scopes read, submit, operate and admin. Ask who runs the identity provider for one."
              .formatted(caller.name()));
    }
    if (token.length() > Sessions.LONGEST_TOKEN) {
      throw Problems.badRequest(
          "The token is good, but has %,d characters: a browser keeps %,d of one. Ask for one with fewer claims, or sign in with an API token."
              .formatted(token.length(), Sessions.LONGEST_TOKEN));
    }
    return answer(HttpStatus.OK)
        .header(HttpHeaders.SET_COOKIE, sessions.begin(exchange, token, caller).toString())
        .body(view(caller));
  }

  /** Who is signed in, and what he may do. Everybody may ask. */
  @GetMapping
  Mono<ResponseEntity<SessionView>> current(ServerWebExchange exchange) {
    return sessions
        .current(exchange)
        .map(caller -> answer(HttpStatus.OK).body(view(caller.orElse(null))));
  }

  /** Signs out: the browser forgets the token. It is good for others until it is revoked. */
  @ApiResponse(
      responseCode = "204",
      description = "The browser forgets the token",
      content = @Content)
  @DeleteMapping
  ResponseEntity<Void> end(ServerWebExchange exchange) {
    return answer(HttpStatus.NO_CONTENT)
        .header(HttpHeaders.SET_COOKIE, sessions.end(exchange).toString())
        .build();
  }

  private SessionView view(@Nullable Caller caller) {
    String security = sessions.mode().name().toLowerCase(Locale.ROOT);
    if (caller == null) {
      return new SessionView(security, null, null, null);
    }
    return sessions.mode() == SecurityMode.OFF
        ? new SessionView(security, null, caller.scope(), null)
        : new SessionView(security, caller.name(), caller.scope(), caller.expiresAt());
  }

  private static ResponseEntity.BodyBuilder answer(HttpStatus status) {
    return ResponseEntity.status(status).cacheControl(CacheControl.noStore());
  }
}
