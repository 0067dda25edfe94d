package io.windrow.web.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Finds out whose token of the identity provider it is: signature, times, and, where configured,
 * issuer and audience. The provider is asked for its keys when the first such token comes.
 */
final class JwtCheck {
  private static final int LONGEST_NAME = 200;

  private final ReactiveJwtDecoder decoder;
  private final String scopeClaim;

  JwtCheck(ReactiveJwtDecoder decoder, String scopeClaim) {
    this.decoder = decoder;
    this.scopeClaim = scopeClaim;
  }

  static JwtCheck of(SecurityProperties.Jwt settings) {
    return new JwtCheck(
        new SupplierReactiveJwtDecoder(() -> decoder(settings)), settings.scopeClaim());
  }

  private static ReactiveJwtDecoder decoder(SecurityProperties.Jwt settings) {
    NimbusReactiveJwtDecoder decoder =
        settings.jwkSetUri().isBlank()
            ? NimbusReactiveJwtDecoder.withIssuerLocation(settings.issuerUri()).build()
            : NimbusReactiveJwtDecoder.withJwkSetUri(settings.jwkSetUri())
                .jwsAlgorithms(all -> all.addAll(List.of(SignatureAlgorithm.values())))
                .build();
    List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
    validators.add(
        settings.issuerUri().isBlank()
            ? JwtValidators.createDefault()
            : JwtValidators.createDefaultWithIssuer(settings.issuerUri()));
    if (!settings.audience().isBlank()) {
      validators.add(
          new JwtClaimValidator<@Nullable Collection<String>>(
              JwtClaimNames.AUD, aud -> aud != null && aud.contains(settings.audience())));
    }
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators));
    return decoder;
  }

  /** Whose it is; {@link TokenRefused} if it lets nobody in. */
  Mono<Caller> check(String text) {
    return decoder
        .decode(text)
        .map(this::caller)
        .onErrorMap(
            BadJwtException.class,
            e ->
                new TokenRefused(
                    "The identity provider's token is not accepted: " + reason(e) + "."))
        .onErrorMap(
            // Whatever the decoder throws when the provider is away.
            e -> !(e instanceof AuthenticationException),
            e ->
                new AuthenticationServiceException(
                    "The keys of the identity provider cannot be read", e));
  }

  private Caller caller(Jwt jwt) {
    String subject = jwt.getSubject();
    if (subject == null || subject.isBlank()) {
      throw new TokenRefused("The identity provider's token names no subject.");
    }
    String name = subject.length() <= LONGEST_NAME ? subject : subject.substring(0, LONGEST_NAME);
    return new Caller(
        Caller.JWT, name, name, highest(jwt.getClaims().get(scopeClaim)), jwt.getExpiresAt());
  }

  private static @Nullable Scope highest(@Nullable Object claim) {
    Stream<String> words =
        claim instanceof Collection<?> list
            ? list.stream().map(String::valueOf)
            : Stream.of(String.valueOf(claim).split(" "));
    return words.flatMap(word -> Scope.named(word).stream()).max(Scope::compareTo).orElse(null);
  }

  /** The decoder's sentence says what is wrong; it does not quote the token. */
  private static String reason(BadJwtException e) {
    String message = e.getMessage();
    return message == null ? "it is no JWT" : message.lines().findFirst().orElse("");
  }
}
