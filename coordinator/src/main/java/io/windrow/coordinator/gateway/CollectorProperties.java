package io.windrow.coordinator.gateway;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the collector is.
 *
 * @param url of its server, without a path
 * @param connectTimeout longest wait for a connection, 1 ms to 1 h
 * @param answerTimeout longest wait for an answer to begin once the request is sent, 1 ms to 1 h
 * @param sslBundle name of a {@code spring.ssl.bundle}: whom to trust over https, empty for the
 *     authorities of the Java runtime
 */
@ConfigurationProperties("windrow.collector")
record CollectorProperties(
    @DefaultValue("http://127.0.0.1:8471") URI url,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("2m") Duration answerTimeout,
    @DefaultValue("") String sslBundle) {
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  CollectorProperties {
    String path = url.getRawPath();
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null
        || !(path == null || path.isEmpty() || path.equals("/"))) {
      throw new IllegalArgumentException(
          "windrow.collector.url must be http://host:port or https://host:port, is '%s'"
              .formatted(url));
    }
    if (!sslBundle.isBlank() && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(
          "windrow.collector.ssl-bundle is for an address that begins with https://, and windrow.collector.url is '%s'"
              .formatted(url));
    }
    check("connect-timeout", connectTimeout);
    check("answer-timeout", answerTimeout);
  }

  private static void check(String key, Duration wait) {
    if (wait.toMillis() < 1 || wait.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException(
          "windrow.collector.%s must be 1ms to 1h, is '%s'".formatted(key, wait));
    }
  }

  /** Scheme, host and port: what an address begins with. */
  String origin() {
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
