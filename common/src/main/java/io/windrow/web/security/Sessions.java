package io.windrow.web.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sessions of the console: the browser keeps the token in a cookie that no script can read, and
 * sends it to this server only. Nothing is kept here, so any coordinator takes it, and it is worth
 * what the token is worth: who revokes that ends the session.
 */
public final class Sessions {
  /** What of it fits in a cookie: browsers keep 4,096 characters with its name and attributes. */
  public static final int LONGEST_TOKEN = 3_800;

  private static final String COOKIE = "windrow_session";
  private static final String BEARER = "Bearer ";
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final SecurityMode mode;
  private final Authentications authentications;
  private final CallerLimits limits;
  private final Duration lookEvery;
  private final Clock clock;

  /**
   * @param believed how long an answer of the store about a token is believed
   */
  Sessions(
      SecurityMode mode,
      Authentications authentications,
      CallerLimits limits,
      Duration believed,
      Clock clock) {
    this.mode = mode;
    this.authentications = authentications;
    this.limits = limits;
    this.lookEvery = believed.compareTo(LOOK_EVERY) < 0 ? LOOK_EVERY : believed;
    this.clock = clock;
  }

  /** Whether there is anybody to be signed in. */
  public SecurityMode mode() {
    return mode;
  }

  /** Whose token it is. One that lets nobody in is answered here, and then it is empty. */
  public Mono<Caller> signIn(ServerWebExchange exchange, String token) {
    return answered(exchange, authentications.caller(exchange, token));
  }

  /**
   * Who makes a request that needs no token, by whatever token it shows. That of a cookie may have
   * ended: then it is nobody.
   */
  public Mono<Optional<Caller>> current(ServerWebExchange exchange) {
    if (mode == SecurityMode.OFF) {
      return Mono.just(Optional.of(Caller.ANONYMOUS));
    }
    return Caller.known()
        .map(Optional::of)
        .switchIfEmpty(
            Mono.defer(
                () ->
                    token(exchange.getRequest())
                        .map(token -> answered(exchange, byCookie(exchange, token)))
                        .orElse(Mono.just(Optional.empty()))));
  }

  private Mono<Optional<Caller>> byCookie(ServerWebExchange exchange, String token) {
    return authentications
        .caller(exchange, token)
        .map(Optional::of)
        .onErrorResume(
            TokenRefused.class,
            refused -> {
              Optional<Duration> wait = limits.guessed(exchange);
              return wait.isPresent()
                  ? limits.refuse(exchange, wait.get()).then(Mono.empty())
                  : Mono.just(Optional.empty());
            });
  }

  private <T> Mono<T> answered(ServerWebExchange exchange, Mono<T> checked) {
    return checked.onErrorResume(
        AuthenticationException.class,
        failure -> authentications.refuse(exchange, failure).then(Mono.empty()));
  }

  /**
   * The cookie that begins a session. It ends with the token, and with the working day.
   *
   * @param caller whose token it is
   */
  public ResponseCookie begin(ServerWebExchange exchange, String token, Caller caller) {
    Duration lasts = LONGEST;
    if (caller.expiresAt() != null) {
      Duration left = Duration.between(clock.instant(), caller.expiresAt());
      lasts = left.compareTo(lasts) < 0 ? left : lasts;
    }
    // Of a JWT that is good by the seconds which clocks may differ nothing is left.
    return cookie(exchange, token).maxAge(lasts.isNegative() ? Duration.ZERO : lasts).build();
  }

  /** The cookie that ends one. */
  public ResponseCookie end(ServerWebExchange exchange) {
    return cookie(exchange, "").maxAge(Duration.ZERO).build();
  }

  private static ResponseCookie.ResponseCookieBuilder cookie(
      ServerWebExchange exchange, String value) {
    return ResponseCookie.from(COOKIE, value)
        .path("/")
        .httpOnly(true)
        .sameSite("Strict")
        .secure("https".equals(exchange.getRequest().getURI().getScheme()));
  }

  /**
   * Ends when the token that let a long answer begin lets nobody in any more: soon after it was
   * revoked or has expired. While the store is away nothing is known against it.
   */
  public Mono<Void> refused(ServerWebExchange exchange) {
    String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    if (mode == SecurityMode.OFF || header == null) {
      return Mono.never();
    }
    String token = header.substring(BEARER.length()).strip();
    return Flux.interval(lookEvery)
        .onBackpressureDrop()
        .concatMap(
            tick ->
                authentications
                    .check(token)
                    .map(good -> false)
                    .onErrorResume(e -> Mono.just(e instanceof TokenRefused)))
        .filter(refused -> refused)
        .next()
        .then();
  }

  /** What the cookie of a request holds. */
  static Optional<String> token(ServerHttpRequest request) {
    return Optional.ofNullable(request.getCookies().getFirst(COOKIE)).map(HttpCookie::getValue);
  }
}
