package io.windrow.web.security;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What a role imports beside {@link SecurityConfiguration} whose pages people sign in to. */
@Configuration(proxyBeanMethods = false)
public class SessionConfiguration {

  @Bean
  Sessions sessions(
      Authentications authentications,
      CallerLimits limits,
      SecurityProperties settings,
      Environment environment,
      Clock clock) {
    return new Sessions(
        SecurityMode.of(environment), authentications, limits, settings.tokenCache(), clock);
  }
}
