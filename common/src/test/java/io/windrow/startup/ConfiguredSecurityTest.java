package io.windrow.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.connection.SslSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ConfiguredSecurityTest {
  @Test
  void the_broker_is_asked_as_the_roles_clients_will_speak_to_it() {
    Map<String, Object> settings =
        security(
                Map.of(
                    "spring.kafka.bootstrap-servers", "broker:9093",
                    "spring.kafka.security.protocol", "SASL_SSL",
                    "spring.kafka.properties.sasl.mechanism", "SCRAM-SHA-512",
                    "spring.kafka.properties.sasl.jaas.config", "login",
                    "spring.kafka.ssl.trust-store-location", "file:/etc/windrow/trust.p12",
                    "spring.kafka.ssl.trust-store-password", "secret"))
            .ofBroker();

    assertThat(settings)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("sasl.jaas.config", "login")
        .containsEntry("ssl.truststore.location", "/etc/windrow/trust.p12")
        .containsEntry("ssl.truststore.password", "secret");
  }

  @Test
  void a_bundle_gives_the_broker_and_the_store_its_certificates() {
    ConfiguredSecurity security =
        security(
            Map.of(
                "spring.kafka.ssl.bundle", "cluster",
                "spring.mongodb.ssl.bundle", "cluster",
                "spring.ssl.bundle.jks.cluster.truststore.type", "PKCS12"));

    assertThat(security.ofBroker())
        .containsKey(SslBundle.class.getName())
        .containsKey("ssl.engine.factory.class");
  }

  @Test
  void the_store_is_asked_over_tls_where_it_is_enabled() {
    assertThat(store(Map.of()).isEnabled()).isFalse();
    assertThat(store(Map.of("spring.mongodb.ssl.enabled", "true")).isEnabled()).isTrue();
  }

  @Test
  void a_bundle_that_is_not_there_is_named() {
    assertThatThrownBy(() -> store(Map.of("spring.mongodb.ssl.bundle", "nobody")))
        .isInstanceOf(NoSuchSslBundleException.class)
        .hasMessageContaining("spring.ssl.bundle.pem.nobody");
  }

  private static SslSettings store(Map<String, Object> values) {
    SslSettings.Builder tls = SslSettings.builder();
    security(values).ofStore(tls);
    return tls.build();
  }

  private static ConfiguredSecurity security(Map<String, Object> values) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", values));
    return new ConfiguredSecurity(environment);
  }
}
