package io.windrow.startup;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** To be imported by each role: event loops of its own for its HTTP server. */
@Configuration(proxyBeanMethods = false)
public class OwnEventLoops {

  /**
   * The global loops, Boot's default, end with the first role that stops, under the others in the
   * same JVM. When these stop the server has answered its last request, so nothing is waited for.
   */
  @Bean
  ReactorResourceFactory reactorResourceFactory() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    resources.setShutdownQuietPeriod(Duration.ZERO);
    return resources;
  }
}
