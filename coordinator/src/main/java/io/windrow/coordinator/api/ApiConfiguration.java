package io.windrow.coordinator.api;

import io.windrow.quant.definition.Nearest;
import io.windrow.web.WebConventions;
import io.windrow.web.problem.SpellingHint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The control API answers as all roles do. */
@Configuration(proxyBeanMethods = false)
@Import(WebConventions.class)
class ApiConfiguration {

  @Bean
  SpellingHint spellingHint() {
    return Nearest::hint;
  }
}
