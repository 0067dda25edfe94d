package io.windrow.message;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaFuture;

/** Whether a cluster has share groups: since Kafka 4.2, where the feature is not switched off. */
public final class ShareGroups {
  private static final String FEATURE = "share.version";

  private ShareGroups() {}

  /** Asks the brokers. */
  public static KafkaFuture<Boolean> on(Admin admin) {
    return admin
        .describeFeatures()
        .featureMetadata()
        .thenApply(
            features -> {
              FinalizedVersionRange version = features.finalizedFeatures().get(FEATURE);
              return version != null && version.maxVersionLevel() >= 1;
            });
  }
}
