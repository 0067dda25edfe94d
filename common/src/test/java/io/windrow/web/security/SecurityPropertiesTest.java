package io.windrow.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SecurityPropertiesTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef-secret";

  @Test
  void has_defaults() {
    SecurityProperties defaults = bind(Map.of());
    assertThat(defaults.bootstrapHash()).isEmpty();
    assertThat(defaults.tokenCache()).isEqualTo(Duration.ofSeconds(5));
    assertThat(defaults.rate()).isEqualTo(500);
    assertThat(defaults.burst()).isEqualTo(1_000);
    assertThat(defaults.auditKept()).isEqualTo(Duration.ofDays(365));
    assertThat(defaults.jwt().enabled()).isFalse();
    assertThat(defaults.jwt().scopeClaim()).isEqualTo("scope");
  }

  @Test
  void takes_the_bootstrap_token_or_its_hash_and_shows_neither() {
    SecurityProperties plain = bind(Map.of("windrow.security.bootstrap-token", SECRET));
    String hash = Hashes.toHex(Hashes.sha256(SECRET));
    SecurityProperties hashed = bind(Map.of("windrow.security.bootstrap-token", "sha256:" + hash));
    assertThat(plain.bootstrapHash()).isEqualTo(hashed.bootstrapHash()).hasSize(32);
    assertThat(plain.toString()).doesNotContain(SECRET).contains("(set)");
    assertThat(hashed.toString()).doesNotContain(hash);
  }

  @Test
  void refuses_what_cannot_work_without_showing_a_secret() {
    assertRefused("bootstrap-token", "short-secret", "32 characters");
    assertRefused("bootstrap-token", "sha256:12", "64 hexadecimal digits");
    assertRefused("token-cache", "2m", "0s to 1m");
    assertRefused("rate", "0", "at least 1");
    assertRefused("burst", "-1", "at least 1");
    assertRefused("audit-kept", "23h", "1d to 36500d");
    assertRefused("jwt.scope-claim", " ", "scope-claim");
  }

  private static void assertRefused(String key, String value, String why) {
    assertThatThrownBy(() -> bind(Map.of("windrow.security." + key, value)))
        .rootCause()
        .hasMessageContaining(why)
        .message()
        .doesNotContain("short-secret");
  }

  private static SecurityProperties bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("windrow.security", SecurityProperties.class);
  }
}
