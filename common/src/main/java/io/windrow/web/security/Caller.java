package io.windrow.web.security;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import reactor.core.publisher.Mono;

/**
 * Who makes a request.
 *
 * @param kind {@code token}, {@code jwt} or {@code anonymous}
 * @param id of the token, or the subject of the JWT; empty if anonymous
 * @param name the token's name, or the JWT's subject
 * @param scope what it may do, or null if nothing
 * @param expiresAt when its token ends, or null if never
 */
public record Caller(
    String kind, String id, String name, @Nullable Scope scope, @Nullable Instant expiresAt) {
  static final String TOKEN = "token";
  static final String JWT = "jwt";

  /** Everybody, while security is off. */
  static final Caller ANONYMOUS = new Caller("anonymous", "", "anonymous", Scope.ADMIN, null);

  /** Who makes the request under way; {@link #ANONYMOUS} if nobody said so. */
  public static Mono<Caller> current() {
    return known().defaultIfEmpty(ANONYMOUS);
  }

  /** Who makes the request under way; empty if nobody said so. */
  static Mono<Caller> known() {
    return ReactiveSecurityContextHolder.getContext()
        .mapNotNull(SecurityContext::getAuthentication)
        .mapNotNull(Caller::of);
  }

  /** Tells callers apart, which names do not: many tokens may have the same. */
  public String key() {
    return kind + ":" + id;
  }

  static @Nullable Caller of(Authentication authentication) {
    return authentication.getPrincipal() instanceof Caller caller ? caller : null;
  }

  Authentication authentication() {
    return new Authenticated(this);
  }

  /** Whoever was let in, without the token that did it. */
  private static final class Authenticated extends AbstractAuthenticationToken {
    private final transient Caller caller;

    Authenticated(Caller caller) {
      super(List.of());
      this.caller = caller;
      setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
      return "";
    }

    @Override
    public Object getPrincipal() {
      return caller;
    }

    @Override
    public String getName() {
      return caller.name();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Authenticated that && caller.equals(that.caller);
    }

    @Override
    public int hashCode() {
      return Objects.hash(caller);
    }
  }
}
