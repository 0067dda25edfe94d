package io.windrow.web.security;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets a role start only if what it serves is guarded, or nobody else can connect. Comes before
 * everything that waits for other servers.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequireSafeBinding
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final Logger log = LoggerFactory.getLogger(RequireSafeBinding.class);
  private static final String DETAILS = "management.endpoint.health.show-details";

  /**
   * @throws InsecureBindingException if security is off where others can connect
   */
  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment settings = context.getEnvironment();
    SecurityMode mode = SecurityMode.of(settings);
    // Details name hosts: only who may come in sees them.
    settings
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "windrow-security",
                Map.of(DETAILS, mode == SecurityMode.OFF ? "always" : "when-authorized")));
    if (!SecurityMode.isLoopback(settings) && !encrypted(settings)) {
      log.atWarn()
          .addKeyValue("address", settings.getProperty(SecurityMode.ADDRESS_KEY, "(all)"))
          .log(
              "tokens travel unencrypted: set server.ssl.bundle, or put a proxy that speaks TLS"
                  + " before this server");
    }
  }

  private static boolean encrypted(ConfigurableEnvironment settings) {
    return settings.getProperty("server.ssl.enabled", Boolean.class, true)
        && (settings.containsProperty("server.ssl.bundle")
            || settings.containsProperty("server.ssl.key-store")
            || settings.containsProperty("server.ssl.certificate"));
  }
}
