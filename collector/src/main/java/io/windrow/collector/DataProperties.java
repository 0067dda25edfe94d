package io.windrow.collector;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Market data. The collector needs it for back-tests alone and runs without.
 *
 * @param roots folders a task's {@code provider_uri} must lie under, maybe none
 */
@ConfigurationProperties("windrow.data")
public record DataProperties(@DefaultValue List<Path> roots) {

  public DataProperties {
    roots = List.copyOf(roots);
  }
}
