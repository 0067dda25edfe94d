package io.windrow.collector;

import io.windrow.startup.OwnEventLoops;
import io.windrow.startup.RequireStoreAndBroker;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The collector as a process, or as part of one that runs all roles. */
@SpringBootApplication(exclude = MongoAutoConfiguration.class) // the reactive client is enough
@ConfigurationPropertiesScan
@Import(OwnEventLoops.class)
public class CollectorApplication {

  /**
   * Starts the collector and returns once it serves requests.
   *
   * @param args settings as {@code --key=value}, over those of {@code collector.yml}
   * @throws io.windrow.startup.UnreachableException if the store or the broker does not answer
   */
  public static ConfigurableApplicationContext start(String... args) {
    return new SpringApplicationBuilder(CollectorApplication.class)
        .properties("spring.config.name=collector")
        .initializers(new RequireStoreAndBroker())
        .run(args);
  }

  public static void main(String[] args) {
    start(args);
  }
}
