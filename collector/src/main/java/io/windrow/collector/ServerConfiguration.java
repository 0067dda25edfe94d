package io.windrow.collector;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** Wires what the HTTP server runs on. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

  /**
   * Event loops of this role's own. The global ones, Boot's default, are closed with the first role
   * that stops, under the others in the same JVM.
   */
  @Bean
  ReactorResourceFactory reactorResourceFactory() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    return resources;
  }
}
