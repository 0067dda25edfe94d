package io.windrow.message;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How topics are made, {@code windrow.topics.*}. The same in all roles: whoever first needs a topic
 * makes it.
 *
 * @param replication replication factor of new topics; -1 is the broker's default
 */
@ConfigurationProperties("windrow.topics")
public record TopicProperties(@DefaultValue("-1") int replication) {
  public TopicProperties {
    if (replication != -1 && replication < 1) {
      throw new IllegalArgumentException(
          "windrow.topics.replication: must be -1 or at least 1, not " + replication);
    }
  }
}
