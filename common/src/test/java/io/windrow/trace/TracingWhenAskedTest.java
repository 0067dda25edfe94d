package io.windrow.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class TracingWhenAskedTest {
  private static final String EXCLUDE = "spring.autoconfigure.exclude";

  @Test
  void without_an_address_tracing_is_left_out_beside_what_was_left_out_before() {
    String[] excluded = excluded(Map.of(EXCLUDE, "a.B", TracingWhenAsked.ENDPOINT, " ")).split(",");

    assertThat(excluded).contains("a.B").hasSize(5);
    assertThat(Arrays.stream(excluded).filter(each -> !each.equals("a.B")))
        .allSatisfy(each -> assertThat(each).startsWith("org.springframework.boot."));
  }

  @Test
  void with_an_address_nothing_is() {
    assertThat(excluded(Map.of(TracingWhenAsked.ENDPOINT, "http://host:4318/v1/traces"))).isEmpty();
  }

  private static String excluded(Map<String, Object> settings) {
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("settings", settings));
      new TracingWhenAsked().initialize(context);
      return context.getEnvironment().getProperty(EXCLUDE, "");
    }
  }
}
