package io.windrow.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import reactor.core.publisher.Mono;

class JwtCheckTest {
  @Test
  void the_highest_scope_that_is_known_counts() {
    assertThat(caller("openid read operate").scope()).isEqualTo(Scope.OPERATE);
    assertThat(caller(List.of("submit", "email")).scope()).isEqualTo(Scope.SUBMIT);
    assertThat(caller("openid").scope()).isNull();
    assertThat(caller("ADMIN").scope()).isNull();
    assertThat(caller(7).scope()).isNull();
  }

  @Test
  void a_token_without_a_subject_is_nobodys() {
    Jwt jwt = Jwt.withTokenValue("t").header("alg", "RS256").claim("scope", "read").build();
    assertThatThrownBy(() -> new JwtCheck(text -> Mono.just(jwt), "scope").check("t").block())
        .isInstanceOf(TokenRefused.class);
  }

  @Test
  void a_bad_token_is_the_callers_fault_and_a_provider_that_is_away_is_not() {
    assertThatThrownBy(() -> failing(new BadJwtException("Malformed token")))
        .isInstanceOf(TokenRefused.class)
        .hasMessageContaining("Malformed token");
    assertThatThrownBy(() -> failing(new IllegalStateException("Could not obtain the keys")))
        .isInstanceOf(AuthenticationServiceException.class);
    assertThatThrownBy(
            () -> failing(new JwtDecoderInitializationException("away", new RuntimeException())))
        .isInstanceOf(AuthenticationServiceException.class);
  }

  private static void failing(RuntimeException e) {
    new JwtCheck(text -> Mono.error(e), "scope").check("t").block();
  }

  private static Caller caller(Object scope) {
    Jwt jwt =
        Jwt.withTokenValue("t")
            .header("alg", "RS256")
            .subject("anna")
            .claim("roles", scope)
            .build();
    Caller caller = new JwtCheck(text -> Mono.just(jwt), "roles").check("t").block();
    assertThat(caller).isNotNull();
    return caller;
  }
}
