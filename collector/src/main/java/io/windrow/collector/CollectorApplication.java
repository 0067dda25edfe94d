package io.windrow.collector;

import io.windrow.meter.MeterConfiguration;
import io.windrow.startup.RequireStoreAndBroker;
import io.windrow.trace.TraceConfiguration;
import io.windrow.trace.TracingWhenAsked;
import io.windrow.web.security.RequireSafeBinding;
import io.windrow.web.security.SecurityConfiguration;
import java.time.Duration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/** The collector as a process, or as part of one that runs all roles. */
@SpringBootApplication(exclude = MongoAutoConfiguration.class) // the reactive client is enough
@ConfigurationPropertiesScan
@Import({SecurityConfiguration.class, MeterConfiguration.class, TraceConfiguration.class})
public class CollectorApplication {

  /**
   * Starts the collector and returns once it serves requests.
   *
   * @param args settings as {@code --key=value}, over those of {@code collector.yml}
   * @throws io.windrow.web.security.InsecureBindingException if everybody could do everything
   * @throws io.windrow.startup.UnreachableException if the store or the broker does not answer
   */
  public static ConfigurableApplicationContext start(String... args) {
    return new SpringApplicationBuilder(CollectorApplication.class)
        .properties("spring.config.name=collector")
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
