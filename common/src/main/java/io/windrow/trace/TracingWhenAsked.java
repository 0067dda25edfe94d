package io.windrow.trace;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Leaves tracing out unless there is an address to send traces to: Boot would make spans for every
 * request, number log lines, and throw both away.
 */
public final class TracingWhenAsked
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";
  private static final String EXCLUDE = "spring.autoconfigure.exclude";
  private static final String BOOT = "org.springframework.boot.";

  private static final List<String> TRACING =
      List.of(
          BOOT + "opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
          BOOT
              + "micrometer.tracing.opentelemetry.autoconfigure"
              + ".OpenTelemetryTracingAutoConfiguration",
          BOOT + "micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration",
          BOOT + "micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration");

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    if (!environment.getProperty(ENDPOINT, "").isBlank()) {
      return;
    }
    String excluded =
        Stream.concat(Stream.of(environment.getProperty(EXCLUDE, "")), TRACING.stream())
            .filter(each -> !each.isBlank())
            .collect(Collectors.joining(","));
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("tracing left out", Map.of(EXCLUDE, excluded)));
  }
}
