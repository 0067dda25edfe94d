package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldNamesTest {
  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "l2.valid, l2%2Evalid",
    "$ref, %24ref",
    "a$b, a$b",
    "100%, 100%25",
    "%2E, %252E",
    "%24, %2524",
    "Größe, Größe"
  })
  void a_key_is_stored_without_dot_and_leading_dollar_and_comes_back(String key, String stored) {
    assertThat(FieldNames.encode(key)).isEqualTo(stored);
    assertThat(FieldNames.decode(stored)).isEqualTo(key);
  }
}
