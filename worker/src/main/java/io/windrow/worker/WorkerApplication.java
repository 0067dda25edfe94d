package io.windrow.worker;

import io.windrow.startup.OwnEventLoops;
import io.windrow.startup.RequireStoreAndBroker;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The worker as a process or as a part of one. Its settings are in {@code worker.yml}. */
@SpringBootApplication(exclude = MongoAutoConfiguration.class) // the reactive client is enough
@ConfigurationPropertiesScan
@Import(OwnEventLoops.class)
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
    application.addInitializers(new RequireStoreAndBroker());
    return application.run(args);
  }
}
