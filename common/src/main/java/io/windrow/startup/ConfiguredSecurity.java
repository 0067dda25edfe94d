package io.windrow.startup;

import com.mongodb.connection.SslSettings;
import java.util.Map;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.env.Environment;

/**
 * TLS and SASL as the role's own clients will use them, read from the settings before there are
 * beans: a first question in the clear would find a server that wants TLS to be away.
 */
final class ConfiguredSecurity {
  private static final String SSL_ENGINE_FACTORY = "ssl.engine.factory.class";

  private final Environment environment;
  private final Binder binder;

  ConfiguredSecurity(Environment environment) {
    this.environment = environment;
    this.binder = Binder.get(environment);
  }

  /** All that {@code spring.kafka} tells an administrative client. */
  Map<String, Object> ofBroker() {
    KafkaProperties kafka = binder.bindOrCreate("spring.kafka", KafkaProperties.class);
    Map<String, Object> settings = kafka.buildAdminProperties();
    String bundle = environment.getProperty("spring.kafka.ssl.bundle", "");
    if (!bundle.isBlank()) {
      // As Boot does it for the clients it makes.
      settings.put(SSL_ENGINE_FACTORY, SslBundleSslEngineFactory.class);
      settings.put(SslBundle.class.getName(), bundle(bundle));
    }
    return settings;
  }

  /** What {@code spring.mongodb.ssl} adds to the connection string. */
  void ofStore(SslSettings.Builder tls) {
    String bundle = environment.getProperty("spring.mongodb.ssl.bundle", "");
    boolean enabled =
        environment.getProperty("spring.mongodb.ssl.enabled", Boolean.class, !bundle.isBlank());
    if (enabled) {
      tls.enabled(true);
      if (!bundle.isBlank()) {
        tls.context(bundle(bundle).createSslContext());
      }
    }
  }

  private SslBundle bundle(String name) {
    SslProperties.Bundles bundles =
        binder.bindOrCreate("spring.ssl", SslProperties.class).getBundle();
    PemSslBundleProperties pem = bundles.getPem().get(name);
    if (pem != null) {
      return PropertiesSslBundle.get(pem);
    }
    JksSslBundleProperties jks = bundles.getJks().get(name);
    if (jks != null) {
      return PropertiesSslBundle.get(jks);
    }
    throw new NoSuchSslBundleException(
        name,
        "There is no spring.ssl.bundle.pem.%1$s and no spring.ssl.bundle.jks.%1$s."
            .formatted(name));
  }
}
