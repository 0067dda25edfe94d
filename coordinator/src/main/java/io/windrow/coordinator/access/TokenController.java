package io.windrow.coordinator.access;

import io.windrow.web.problem.Problems;
import io.windrow.web.security.Caller;
import io.windrow.web.security.NewToken;
import io.windrow.web.security.Scope;
import io.windrow.web.security.Token;
import io.windrow.web.security.TokenAdministration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** API tokens. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokenController {
  private static final String NEVER = "never";
  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final Duration USUAL = Duration.ofDays(90);

  private final TokenAdministration tokens;
  private final Clock clock;

  TokenController(TokenAdministration tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * A token to make.
   *
   * @param name what it is for
   * @param scopes of read, submit, operate, admin; each includes those before it
   * @param expiresIn as in {@code 90d}, or {@code never}; 90 days if absent
   */
  record NewTokenRequest(
      @Nullable String name, @Nullable List<String> scopes, @Nullable String expiresIn) {}

  /**
   * A token that was made.
   *
   * @param secret what callers send; nobody can show it again
   * @param token all else
   */
  record MadeToken(String secret, Token token) {}

  /** Makes a token. The answer is the only place that ever shows its secret. */
  @PostMapping
  Mono<ResponseEntity<MadeToken>> create(@RequestBody NewTokenRequest request) {
    Instant expiresAt = expiry(request.expiresIn());
    String name = request.name() == null ? "" : request.name().strip();
    List<Scope> scopes = scopes(request.scopes());
    return Caller.current()
        .flatMap(by -> tokens.create(name, scopes, expiresAt, by.name()))
        .onErrorMap(IllegalArgumentException.class, e -> bad(String.valueOf(e.getMessage())))
        .map(TokenController::made);
  }

  private static ResponseEntity<MadeToken> made(NewToken made) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(new MadeToken(made.text(), made.token()));
  }

  /** The newest 1,000, newest first, those that ended among them; without their secrets. */
  @GetMapping
  Flux<Token> list() {
    return tokens.list();
  }

  /**
   * Revokes a token: refused here at once, elsewhere within {@code security.token-cache}.
   *
   * @param id of the token
   */
  @DeleteMapping("/{id}")
  Mono<Token> revoke(@PathVariable String id) {
    return tokens
        .revoke(id)
        .switchIfEmpty(
            Mono.error(
                () ->
                    Problems.error(
                        HttpStatus.NOT_FOUND,
                        "Unknown token",
                        "There is no token with that id. List them with GET /api/v1/tokens."
                            + " (The id is the part between wdr_ and the next _.)")));
  }

  private static List<Scope> scopes(@Nullable List<String> words) {
    try {
      return words == null ? List.of() : words.stream().map(Scope::of).toList();
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Instant expiry(@Nullable String in) {
    if (NEVER.equals(in)) {
      return null;
    }
    Duration lasts = USUAL;
    if (in != null) {
      try {
        lasts = DurationStyle.detectAndParse(in);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw bad("expiresIn must be a time as in 12h or 90d, or never");
      }
    }
    if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(LONGEST) > 0) {
      throw bad("expiresIn must be longer than 0 and at most 3650d, or never");
    }
    return clock.instant().plus(lasts);
  }

  private static ErrorResponseException bad(String what) {
    return Problems.badRequest(what + ". No token was made.");
  }
}
