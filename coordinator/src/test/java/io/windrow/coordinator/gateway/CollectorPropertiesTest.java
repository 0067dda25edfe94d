package io.windrow.coordinator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorPropertiesTest {
  private static final Duration GOOD = Duration.ofSeconds(1);

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8471", "https://collector.example", "http://[::1]:80/"})
  void an_address_is_scheme_host_and_port(String url) {
    assertThat(new CollectorProperties(URI.create(url), GOOD, GOOD, "").origin())
        .isEqualTo(url.replaceAll("/$", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "collector:8471",
        "ftp://collector",
        "http:///experiments",
        "http://collector/below",
        "http://user:secret@collector",
        "http://collector?a",
        "http://collector#a"
      })
  void anything_else_is_refused(String url) {
    assertThatThrownBy(() -> new CollectorProperties(URI.create(url), GOOD, GOOD, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("windrow.collector.url")
        .hasMessageContaining(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT2H"})
  void a_wait_that_makes_no_sense_is_refused(Duration wait) {
    URI url = URI.create("http://a");
    assertThatThrownBy(() -> new CollectorProperties(url, wait, GOOD, ""))
        .hasMessageContaining("windrow.collector.connect-timeout");
    assertThatThrownBy(() -> new CollectorProperties(url, GOOD, wait, ""))
        .hasMessageContaining("windrow.collector.answer-timeout");
  }

  @Test
  void a_bundle_for_an_address_in_the_clear_is_refused() {
    URI secure = URI.create("https://collector.example");
    assertThat(new CollectorProperties(secure, GOOD, GOOD, "cluster").sslBundle())
        .isEqualTo("cluster");
    URI plain = URI.create("http://collector.example");
    assertThatThrownBy(() -> new CollectorProperties(plain, GOOD, GOOD, "cluster"))
        .hasMessageContaining("windrow.collector.ssl-bundle")
        .hasMessageContaining("http://collector.example");
  }
}
