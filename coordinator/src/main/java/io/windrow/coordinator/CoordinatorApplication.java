package io.windrow.coordinator;

import io.windrow.startup.OwnEventLoops;
import io.windrow.startup.RequireStoreAndBroker;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The coordinator as a process, or as part of one that runs all roles. */
@SpringBootApplication(exclude = MongoAutoConfiguration.class) // the reactive client is enough
@ConfigurationPropertiesScan
@Import(OwnEventLoops.class)
public class CoordinatorApplication {

  /**
   * Starts the coordinator and returns once it serves requests.
   *
   * @param args settings as {@code --key=value}, over those of {@code coordinator.yml}
   * @throws io.windrow.startup.UnreachableException if the store or the broker does not answer
   */
  public static ConfigurableApplicationContext start(String... args) {
    return new SpringApplicationBuilder(CoordinatorApplication.class)
        .properties("spring.config.name=coordinator")
        .initializers(new RequireStoreAndBroker())
        .run(args);
  }

  public static void main(String[] args) {
    start(args);
  }
}
