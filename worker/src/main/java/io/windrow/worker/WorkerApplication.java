package io.windrow.worker;

import io.windrow.meter.MeterConfiguration;
import io.windrow.startup.RequireStoreAndBroker;
import io.windrow.trace.TraceConfiguration;
import io.windrow.trace.TracingWhenAsked;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/** The worker as a process or as a part of one. Its settings are in {@code worker.yml}. */
@SpringBootApplication(exclude = MongoAutoConfiguration.class) // the reactive client is enough
@ConfigurationPropertiesScan
@Import({MeterConfiguration.class, TraceConfiguration.class})
public class WorkerApplication {

  public static void main(String[] args) {
    start(args);
  }

  /**
   * Starts a worker and returns while it runs. Closing the context stops it as SIGTERM does.
   *
   * @param args options such as {@code --windrow.worker.slots=2}
   */
  public static ConfigurableApplicationContext start(String... args) {
    SpringApplication application = new SpringApplication(WorkerApplication.class);
    application.setDefaultProperties(Map.of("spring.config.name", "worker"));
    application.addInitializers(new TracingWhenAsked(), new RequireStoreAndBroker());
    return application.run(args);
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
