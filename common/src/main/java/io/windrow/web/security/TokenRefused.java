package io.windrow.web.security;

import org.springframework.security.core.AuthenticationException;

/** A token that lets nobody in. The message says why and what to do, and holds no secret. */
final class TokenRefused extends AuthenticationException {
  TokenRefused(String message) {
    super(message);
  }

  static TokenRefused unknown() {
    return new TokenRefused(
        "The token is not known here: check that all of it was sent, or ask an administrator for"
            + " another.");
  }
}
