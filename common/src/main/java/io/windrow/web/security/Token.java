package io.windrow.web.security;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API token as it may be shown: without its secret.
 *
 * @param id its public part
 * @param name what it is for
 * @param scopes what it may do
 * @param createdBy name of who made it
 * @param expiresAt when it ends, or null if never
 * @param revokedAt when it was revoked, or null if it was not
 * @param lastUsedAt about when it was used last, or null if it was not
 */
public record Token(
    String id,
    String name,
    List<Scope> scopes,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  private static final int LONGEST_NAME = 100;

  public Token {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a token's name has 1 to " + LONGEST_NAME + " characters and no control characters");
    }
    scopes = scopes.stream().distinct().sorted().toList();
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("a token needs at least one scope, for example read");
    }
  }

  /** The highest, which includes the others. */
  Scope scope() {
    return scopes.get(scopes.size() - 1);
  }
}
