package io.windrow.coordinator;

import io.windrow.meter.MeterConfiguration;
import io.windrow.startup.RequireStoreAndBroker;
import io.windrow.trace.TraceConfiguration;
import io.windrow.trace.TracingWhenAsked;
import io.windrow.web.security.RequireSafeBinding;
import io.windrow.web.security.SecurityConfiguration;
import io.windrow.web.security.SessionConfiguration;
import java.time.Duration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/** The coordinator as a process, or as part of one that runs all roles. */
@SpringBootApplication(exclude = MongoAutoConfiguration.class) // the reactive client is enough
@ConfigurationPropertiesScan
@Import({
  SecurityConfiguration.class,
  SessionConfiguration.class,
  MeterConfiguration.class,
  TraceConfiguration.class
})
public class CoordinatorApplication {

  /**
   * Starts the coordinator and returns once it serves requests.
   *
   * @param args settings as {@code --key=value}, over those of {@code coordinator.yml}
   * @throws io.windrow.web.security.InsecureBindingException if everybody could do everything
   * @throws io.windrow.startup.UnreachableException if the store or the broker does not answer
   */
  public static ConfigurableApplicationContext start(String... args) {
    return new SpringApplicationBuilder(CoordinatorApplication.class)
        .properties("spring.config.name=coordinator")
        .initializers(new RequireSafeBinding(), new TracingWhenAsked(), new RequireStoreAndBroker())
        .run(args);
  }

  public static void main(String[] args) {
    start(args);
  }

  /**
   * Event loops of this role's own: the global ones, Boot's default, end with the first role of the
   * JVM that stops. When they stop the last request is answered, so there is nothing to wait for.
   */
  @Bean
  ReactorResourceFactory reactorResources() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    resources.setShutdownQuietPeriod(Duration.ZERO);
    return resources;
  }
}
