package io.windrow.web.security;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes, lists and revokes tokens. */
public final class TokenAdministration {
  private final Tokens tokens;
  private final TokenCheck check;

  TokenAdministration(Tokens tokens, TokenCheck check) {
    this.tokens = tokens;
    this.check = check;
  }

  /**
   * Makes a token.
   *
   * @param expiresAt when it ends, or null if never
   * @param by name of who makes it
   * @throws IllegalArgumentException if the name or the scopes will not do
   */
  public Mono<NewToken> create(
      String name, List<Scope> scopes, @Nullable Instant expiresAt, String by) {
    return tokens.create(name, scopes, expiresAt, by);
  }

  /** The newest 1,000, newest first; those that ended, too. */
  public Flux<Token> list() {
    return tokens.list();
  }

  /** Revokes it, if it is not already; here at once. Empty if there is no such token. */
  public Mono<Token> revoke(String id) {
    return tokens.revoke(id).doOnSuccess(revoked -> check.forget(id));
  }
}
