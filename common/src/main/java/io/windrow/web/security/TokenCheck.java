package io.windrow.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Finds out whose API token it is. What the store says about a token is believed for a few seconds,
 * so the store is not asked for every request; a revocation is effective everywhere after that
 * time, and in the process that did it at once.
 */
final class TokenCheck {
  private static final Logger log = LoggerFactory.getLogger(TokenCheck.class);
  private static final int MOST_CACHED = 10_000;

  /** {@code lastUsedAt} is right to within this. */
  private static final Duration USED_EVERY = Duration.ofMinutes(1);

  private static final Caller BOOTSTRAP =
      new Caller(Caller.TOKEN, "bootstrap", "bootstrap", Scope.ADMIN, null);

  private final Tokens tokens;
  private final byte[] bootstrap;
  private final Clock clock;
  private final Cache<String, Optional<Tokens.Stored>> known;
  private final Cache<String, Instant> used;

  /**
   * @param bootstrap hash of the token from the configuration, empty if there is none
   * @param believed how long an answer of the store is believed
   */
  TokenCheck(Tokens tokens, byte[] bootstrap, Duration believed, Clock clock) {
    this.tokens = tokens;
    this.bootstrap = bootstrap.clone();
    this.clock = clock;
    this.known = Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(believed).build();
    this.used = Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(USED_EVERY).build();
  }

  /** Whether checking this text needs no question to the store. */
  boolean cheap(String text) {
    return isBootstrap(text)
        || TokenText.parse(text).map(token -> known.getIfPresent(token.id()) != null).orElse(true);
  }

  boolean isBootstrap(String text) {
    return bootstrap.length > 0 && Hashes.same(bootstrap, Hashes.sha256(text));
  }

  /** Whose it is; {@link TokenRefused} if it lets nobody in. */
  Mono<Caller> check(String text) {
    if (isBootstrap(text)) {
      return Mono.just(BOOTSTRAP);
    }
    return Mono.justOrEmpty(TokenText.parse(text))
        .flatMap(token -> stored(token.id()))
        .filter(stored -> stored.isOf(text))
        .switchIfEmpty(Mono.error(TokenRefused::unknown))
        .map(stored -> caller(stored.token()));
  }

  /** Asks the store about it the next time. */
  void forget(String id) {
    known.invalidate(id);
  }

  private Mono<Tokens.Stored> stored(String id) {
    Optional<Tokens.Stored> cached = known.getIfPresent(id);
    if (cached != null) {
      return Mono.justOrEmpty(cached);
    }
    return tokens
        .find(id)
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .doOnNext(answer -> known.put(id, answer))
        .flatMap(Mono::justOrEmpty);
  }

  private Caller caller(Token token) {
    if (token.revokedAt() != null) {
      throw new TokenRefused(
          "The token was revoked on %s: ask an administrator for another."
              .formatted(token.revokedAt()));
    }
    Instant now = clock.instant();
    if (token.expiresAt() != null && !now.isBefore(token.expiresAt())) {
      throw new TokenRefused(
          "The token expired on %s: ask an administrator for another."
              .formatted(token.expiresAt()));
    }
    if (used.asMap().putIfAbsent(token.id(), now) == null) {
      tokens
          .used(token.id(), now)
          .subscribe(
              done -> {},
              e ->
                  log.atDebug()
                      .addKeyValue("token", token.id())
                      .addKeyValue("error", e.toString())
                      .log("the last use of a token was not noted"));
    }
    return new Caller(Caller.TOKEN, token.id(), token.name(), token.scope(), token.expiresAt());
  }
}
