package io.windrow.web.security;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.header.CrossOriginOpenerPolicyServerHttpHeadersWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.server.header.CrossOriginResourcePolicyServerHttpHeadersWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What every answer tells browsers to refuse. */
final class AnswerHeaders {
  /**
   * Pages of the same origin only, and no script or style within a page. Styles of single elements
   * are needed: charts place their tooltips with them.
   */
  private static final String CONTENT =
      "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline';"
          + " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private static final String PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=()";
  private static final Duration YEAR = Duration.ofDays(365);

  private AnswerHeaders() {}

  /** HSTS is written over TLS only; what may be cached each endpoint says itself. */
  static void set(ServerHttpSecurity http) {
    http.headers(
        headers ->
            headers
                .writer(AnswerHeaders::varies)
                .cache(ServerHttpSecurity.HeaderSpec.CacheSpec::disable)
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicy(policy -> policy.policy(PERMISSIONS))
                .crossOriginOpenerPolicy(
                    policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(
                    policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .frameOptions(frames -> frames.mode(Mode.DENY))
                .hsts(hsts -> hsts.maxAge(YEAR).includeSubdomains(false)));
  }

  /** Long answers are compressed for who takes that: a cache must not give them to others. */
  private static Mono<Void> varies(ServerWebExchange exchange) {
    HttpHeaders headers = exchange.getResponse().getHeaders();
    if (!headers.getVary().contains(HttpHeaders.ACCEPT_ENCODING)) {
      headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
    return Mono.empty();
  }
}
