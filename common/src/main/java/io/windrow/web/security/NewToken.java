package io.windrow.web.security;

/**
 * A token that was just made.
 *
 * @param token all that stays known of it
 * @param text the token itself: nobody can show it again
 */
public record NewToken(Token token, String text) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "NewToken[" + token + "]";
  }
}
