package io.windrow.web;

import io.windrow.store.WindrowStore;
import io.windrow.web.idempotency.IdempotencyFilter;
import io.windrow.web.openapi.OpenApiConfiguration;
import io.windrow.web.problem.ProblemAdvice;
import io.windrow.web.problem.SpellingHint;
import io.windrow.web.problem.UnexpectedErrors;
import io.windrow.web.request.StrictRequestMapping;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** What a role imports to answer as all roles do. It brings its {@link SpellingHint}. */
@Configuration(proxyBeanMethods = false)
@Import({ProblemAdvice.class, OpenApiConfiguration.class})
public class WebConventions {

  @Bean
  IdempotencyFilter idempotencyFilter(
      WindrowStore store,
      Clock clock,
      @Value("${spring.http.codecs.max-in-memory-size:256KB}") DataSize largestBody) {
    return new IdempotencyFilter(store.database(), clock, largestBody);
  }

  @Bean
  UnexpectedErrors unexpectedErrors() {
    return new UnexpectedErrors();
  }

  @Bean
  WebFluxRegistrations strictParameters(SpellingHint hint) {
    return new WebFluxRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new StrictRequestMapping(hint);
      }
    };
  }
}
