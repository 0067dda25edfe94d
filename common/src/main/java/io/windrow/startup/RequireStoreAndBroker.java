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
 * <p>Reads {@code spring.mongodb.uri} and {@code spring.kafka.bootstrap-servers}, and what {@code
 * spring.kafka} and {@code spring.mongodb.ssl} say about TLS and SASL.
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
    ConfiguredSecurity security = new ConfiguredSecurity(environment);
    Reachability.requireStore(
        required(environment, Reachability.STORE_KEY), security::ofStore, wait);
    Reachability.requireBroker(
        required(environment, Reachability.BROKER_KEY), security.ofBroker(), wait);
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
