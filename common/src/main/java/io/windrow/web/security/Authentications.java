package io.windrow.web.security;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
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

  /** What can follow {@code Bearer}, RFC 6750; all of it may stand in a cookie, too. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** A JWT with many claims has some thousands. */
  private static final int LONGEST_TOKEN = 16_384;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TokenCheck tokens;
  private final @Nullable JwtCheck jwts;
  private final CallerLimits limits;

  Authentications(TokenCheck tokens, @Nullable JwtCheck jwts, CallerLimits limits) {
    this.tokens = tokens;
    this.jwts = jwts;
    this.limits = limits;
  }

  /** Reads the token from the header {@code Authorization} only: addresses end up in logs. */
  AuthenticationWebFilter filter() {
    ReactiveAuthenticationManagerResolver<ServerWebExchange> each =
        exchange -> Mono.just(sent -> caller(exchange, text(sent)).map(Caller::authentication));
    AuthenticationWebFilter filter = new AuthenticationWebFilter(each);
    filter.setServerAuthenticationConverter(new ServerBearerTokenAuthenticationConverter());
    filter.setAuthenticationFailureHandler(
        (exchange, failure) -> refuse(exchange.getExchange(), failure));
    return filter;
  }

  private static String text(Authentication sent) {
    return sent instanceof BearerTokenAuthenticationToken bearer ? bearer.getToken() : "";
  }

  /**
   * Whose token a request shows; an {@link AuthenticationException}, which {@link #refuse} answers,
   * if it lets nobody in, its sender has guessed too often, or it cannot be told.
   */
  Mono<Caller> caller(ServerWebExchange exchange, String text) {
    if (text.length() > LONGEST_TOKEN || !FORM.matcher(text).matches()) {
      return Mono.error(TokenRefused.unknown());
    }
    if (!(isOwn(text) && tokens.cheap(text)) && limits.guessedTooOften(exchange)) {
      return Mono.error(new TooManyGuesses());
    }
    return check(text);
  }

  private boolean isOwn(String text) {
    return jwts == null || text.startsWith(TokenText.PREFIX) || tokens.isBootstrap(text);
  }

  /** The same of a token that has been good before. */
  Mono<Caller> check(String text) {
    boolean own = isOwn(text);
    return (own || jwts == null ? tokens.check(text) : jwts.check(text))
        .timeout(PATIENCE)
        .onErrorMap(
            e -> e instanceof MongoException || e instanceof TimeoutException,
            e ->
                new AuthenticationServiceException(
                    own ? "The store does not answer" : "The identity provider does not answer",
                    e));
  }

  /** Answers a request that shows a token that does not let it in. */
  Mono<Void> refuse(ServerWebExchange exchange, AuthenticationException failure) {
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
