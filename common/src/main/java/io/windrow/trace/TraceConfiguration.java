package io.windrow.trace;

import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The traces of a role. */
@Configuration(proxyBeanMethods = false)
public class TraceConfiguration {

  @Bean
  Traces traces(ObjectProvider<OpenTelemetry> telemetry) {
    OpenTelemetry there = telemetry.getIfAvailable();
    return there == null ? Traces.OFF : new Traces(there);
  }

  /** Probes and scrapers ask all day long. */
  @Bean
  SpanExportingPredicate withoutManagement() {
    return span -> span.getName() == null || !span.getName().contains(" /actuator");
  }

  @Bean
  Sampler causeSampler(@Value("${management.tracing.sampling.probability}") double probability) {
    return new CauseSampler(Sampler.parentBased(Sampler.traceIdRatioBased(probability)));
  }
}
