package io.windrow.web.security;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Turns the token of a request into its caller, and the wrong ones into answers. */
final class Authentications {
  private static final Logger log = LoggerFactory.getLogger(Authentications.class);

  /** A JWT with many claims has some thousands. */
  private static final int LONGEST_TOKEN = 16_384;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TokenCheck tokens;
  private final @Nullable JwtCheck jwts;
  private final RateLimitFilter limits;

  Authentications(TokenCheck tokens, @Nullable JwtCheck jwts, RateLimitFilter limits) {
    this.tokens = tokens;
    this.jwts = jwts;
    this.limits = limits;
  }

  /** Reads the token from the header {@code Authorization} only: addresses end up in logs. */
  AuthenticationWebFilter filter() {
    ReactiveAuthenticationManagerResolver<ServerWebExchange> each =
        exchange -> Mono.just(sent -> authenticate(exchange, sent));
    AuthenticationWebFilter filter = new AuthenticationWebFilter(each);
    filter.setServerAuthenticationConverter(new ServerBearerTokenAuthenticationConverter());
    filter.setAuthenticationFailureHandler(
        (exchange, failure) -> refuse(exchange.getExchange(), failure));
    return filter;
  }

  private Mono<Authentication> authenticate(ServerWebExchange exchange, Authentication sent) {
    String text = sent instanceof BearerTokenAuthenticationToken bearer ? bearer.getToken() : "";
    if (text.length() > LONGEST_TOKEN) {
      return Mono.error(TokenRefused.unknown());
    }
    boolean own = jwts == null || text.startsWith(TokenText.PREFIX) || tokens.isBootstrap(text);
    if (!(own && tokens.cheap(text)) && limits.guessedTooOften(exchange)) {
      return Mono.error(new TooManyGuesses());
    }
    return (own || jwts == null ? tokens.check(text) : jwts.check(text))
        .timeout(PATIENCE)
        .onErrorMap(
            e -> e instanceof MongoException || e instanceof TimeoutException,
            e ->
                new AuthenticationServiceException(
                    own ? "The store does not answer" : "The identity provider does not answer", e))
        .map(Caller::authentication);
  }

  private Mono<Void> refuse(ServerWebExchange exchange, AuthenticationException failure) {
    if (failure instanceof TooManyGuesses) {
      return limits.refuse(exchange, Duration.ofSeconds(1));
    }
    if (failure instanceof AuthenticationServiceException) {
      log.atWarn()
          .addKeyValue("error", String.valueOf(failure.getCause()))
          .log("a token cannot be checked");
      return ProblemAnswers.cannotTell(exchange, String.valueOf(failure.getMessage()));
    }
    Optional<Duration> wait = limits.guessed(exchange);
    if (wait.isPresent()) {
      return limits.refuse(exchange, wait.get());
    }
    return ProblemAnswers.badToken(
        exchange,
        failure instanceof TokenRefused
            ? String.valueOf(failure.getMessage())
            : "The header Authorization holds no token: send 'Authorization: Bearer TOKEN'.");
  }

  /** Its sender showed so many wrong tokens that no other is looked up for him. */
  private static final class TooManyGuesses extends AuthenticationException {
    TooManyGuesses() {
      super("too many tokens that are not known");
    }
  }
}
