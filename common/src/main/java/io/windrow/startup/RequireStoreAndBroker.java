package io.windrow.startup;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Lets a role start only when its store and its broker answer: waits for both, up to {@code
 * windrow.startup.wait} (30 s) each.
 *
 * <p>Reads {@code spring.mongodb.uri} and {@code spring.kafka.bootstrap-servers}.
 */
public final class RequireStoreAndBroker
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  static final String WAIT = "windrow.startup.wait";

  /**
   * @throws UnreachableException if one of them does not answer in time
   */
  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Environment environment = context.getEnvironment();
    Duration wait = wait(environment.getProperty(WAIT));
    Reachability.requireStore(required(environment, Reachability.STORE_KEY), wait);
    Reachability.requireBroker(required(environment, Reachability.BROKER_KEY), wait);
  }

  private static Duration wait(@Nullable String text) {
    return text == null ? Duration.ofSeconds(30) : DurationStyle.detectAndParse(text);
  }

  private static String required(Environment environment, String key) {
    String value = environment.getProperty(key);
    if (value == null || value.isBlank()) {
      throw new UnreachableException("No address is given: " + key + ".", key);
    }
    return value;
  }
}
