package io.windrow.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SecurityModeTest {
  @ParameterizedTest
  @CsvSource({
    "'', 127.0.0.1, OFF",
    "'', localhost, OFF",
    "'', ::1, OFF",
    "'', 127.9.9.9, OFF",
    "'', 0.0.0.0, TOKENS",
    "'', ::, TOKENS",
    "'', 192.0.2.7, TOKENS",
    "'', '', TOKENS",
    "off, 127.0.0.1, OFF",
    "false, 127.0.0.1, OFF",
    "OFF, localhost, OFF",
    "tokens, 127.0.0.1, TOKENS",
    "Tokens, 0.0.0.0, TOKENS"
  })
  void follows_the_address_unless_it_is_named(String mode, String address, SecurityMode expected) {
    assertThat(SecurityMode.of(settings(mode, address))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"off, 0.0.0.0", "off, ''", "false, 192.0.2.7", "off, ::"})
  void is_not_off_where_others_can_connect(String mode, String address) {
    assertThatThrownBy(() -> SecurityMode.of(settings(mode, address)))
        .isInstanceOfSatisfying(
            InsecureBindingException.class,
            e -> {
              assertThat(e).hasMessageContaining("windrow.security.mode=off");
              assertThat(e).hasMessageContaining("server.address=");
              assertThat(e.remedy()).contains("tokens", "bootstrap-token", "127.0.0.1");
            });
  }

  @Test
  void is_no_other_word() {
    assertThatThrownBy(() -> SecurityMode.of(settings("none", "127.0.0.1")))
        .isInstanceOf(InsecureBindingException.class)
        .hasMessageContaining("off or tokens, not 'none'");
  }

  private static Environment settings(String mode, String address) {
    Map<String, Object> values = new HashMap<>();
    values.put("windrow.security.mode", mode);
    values.put("server.address", address);
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", values));
    return environment;
  }
}
