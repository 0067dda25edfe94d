package io.windrow.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {
  @Test
  void is_read_as_it_was_made_and_shown_without_its_secret() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      TokenText made = TokenText.random();
      assertThat(TokenText.parse(made.text())).contains(made);
      assertThat(made.text()).startsWith("wdr_" + made.id() + "_").hasSize(4 + 12 + 1 + 43);
      assertThat(made.toString()).hasSizeLessThan(25).doesNotContain(made.text().substring(18));
      all.add(made.text());
    }
    assertThat(all).hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wdr_",
        "wdr_abcdefghijkl_",
        "wdr_abcdefghijkl_short",
        "wdr_ABCDEFGHIJKL_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "wdr_abcdefghijk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "wdr_abcdefghijkl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA$A",
        "abc_abcdefghijkl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void is_nothing_else(String text) {
    assertThat(TokenText.parse(text)).isEmpty();
  }
}
