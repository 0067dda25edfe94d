package io.windrow.web.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of who may do what, {@code windrow.security.*}; {@code mode} is read by {@link
 * SecurityMode}.
 *
 * @param bootstrapToken a token that may do everything, or {@code sha256:} and its hash in 64
 *     hexadecimal digits; empty for none
 * @param tokenCache how long an answer of the store about a token is believed, so how long a
 *     revoked token may still be good for; up to a minute
 * @param rate requests a second that a token, or an address without one, may make
 * @param burst requests it may make at once after a pause
 * @param auditKept how long entries of the audit log are kept, at least a day
 * @param jwt an identity provider whose tokens are taken, too
 */
@ConfigurationProperties("windrow.security")
record SecurityProperties(
    @DefaultValue("") String bootstrapToken,
    @DefaultValue("5s") Duration tokenCache,
    @DefaultValue("500") int rate,
    @DefaultValue("1000") int burst,
    @DefaultValue("365d") Duration auditKept,
    @DefaultValue Jwt jwt) {
  private static final int LEAST_SECRET = 32;
  private static final String HASHED = "sha256:";
  private static final Duration LONGEST_CACHE = Duration.ofMinutes(1);
  private static final Duration LEAST_KEPT = Duration.ofDays(1);
  private static final Duration MOST_KEPT = Duration.ofDays(36_500);

  SecurityProperties {
    bootstrapToken = bootstrapToken.strip();
    boolean hashed = bootstrapToken.startsWith(HASHED);
    if (hashed && !bootstrapToken.substring(HASHED.length()).matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "windrow.security.bootstrap-token: after sha256: there must be 64 hexadecimal digits");
    }
    if (!hashed && !bootstrapToken.isEmpty() && bootstrapToken.length() < LEAST_SECRET) {
      throw new IllegalArgumentException(
          "windrow.security.bootstrap-token: use at least %d characters, drawn at random"
              .formatted(LEAST_SECRET));
    }
    if (tokenCache.isNegative() || tokenCache.compareTo(LONGEST_CACHE) > 0) {
      throw new IllegalArgumentException(
          "windrow.security.token-cache must be 0s to 1m, is '%s'".formatted(tokenCache));
    }
    if (rate < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "windrow.security.rate and burst must be at least 1, are %d and %d"
              .formatted(rate, burst));
    }
    if (auditKept.compareTo(LEAST_KEPT) < 0 || auditKept.compareTo(MOST_KEPT) > 0) {
      throw new IllegalArgumentException(
          "windrow.security.audit-kept must be 1d to 36500d, is '%s'".formatted(auditKept));
    }
  }

  /** SHA-256 of the bootstrap token; empty if there is none. */
  byte[] bootstrapHash() {
    if (bootstrapToken.isEmpty()) {
      return new byte[0];
    }
    return bootstrapToken.startsWith(HASHED)
        ? Hashes.fromHex(bootstrapToken.substring(HASHED.length()))
        : Hashes.sha256(bootstrapToken);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SecurityProperties[bootstrapToken=%s, tokenCache=%s, rate=%d, burst=%d, auditKept=%s, jwt=%s]"
        .formatted(
            bootstrapToken.isEmpty() ? "none" : "(set)", tokenCache, rate, burst, auditKept, jwt);
  }

  /**
   * An OpenID Connect provider.
   *
   * @param issuerUri its address, which its tokens must name; empty if not checked
   * @param jwkSetUri where its keys are; empty to ask the issuer
   * @param audience what its tokens must be meant for; empty if not checked
   * @param scopeClaim the claim that holds scopes: a text separated by blanks, or a list
   */
  record Jwt(
      @DefaultValue("") String issuerUri,
      @DefaultValue("") String jwkSetUri,
      @DefaultValue("") String audience,
      @DefaultValue("scope") String scopeClaim) {
    Jwt {
      if (scopeClaim.isBlank()) {
        throw new IllegalArgumentException("windrow.security.jwt.scope-claim must not be blank");
      }
    }

    boolean enabled() {
      return !issuerUri.isBlank() || !jwkSetUri.isBlank();
    }
  }
}
