package io.windrow.coordinator.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class AcceptedEncodingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br, zstd | true",
        "br;q=1.0, GZIP;q=0.8    | true",
        "*                       | true",
        "gzip;q=0, *             | false",
        "gzip; q=0.000           | false",
        "gzip;q=0.001            | true",
        "*;q=0                   | false",
        "identity, br            | false"
      })
  void gzip_is_sent_to_who_takes_it(String header, boolean takes) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.ACCEPT_ENCODING, header);
    assertThat(AcceptedEncodings.gzip(headers)).isEqualTo(takes);
  }

  @Test
  void who_says_nothing_gets_plain_bytes() {
    assertThat(AcceptedEncodings.gzip(new HttpHeaders())).isFalse();
  }
}
