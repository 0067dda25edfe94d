package io.windrow.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.embedded.EmbeddedBroker;
import io.windrow.message.ShareGroups;
import io.windrow.message.TopicSetup;
import io.windrow.message.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueLagIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @TempDir Path folder;
  private EmbeddedBroker broker;
  private Admin admin;
  private QueueLag lag;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(folder);
    admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()));
    lag = new QueueLag(admin, TIMEOUT);
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void a_group_that_remembers_more_than_there_is_lags_behind_by_nothing() throws Exception {
    announce(2);
    assertThat(lag.of("q")).isEqualTo(2);

    // As a classic group does that was there before its topic was deleted and made anew.
    commit(5);

    assertThat(lag.of("q")).isZero();
  }

  @Test
  void brokers_without_share_groups_are_asked_for_the_classic_group() throws Exception {
    admin
        .updateFeatures(
            Map.of(
                "share.version",
                new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.UNSAFE_DOWNGRADE)),
            new UpdateFeaturesOptions())
        .all()
        .get();
    await().atMost(TIMEOUT).until(() -> !ShareGroups.on(admin).get());
    announce(3);
    assertThat(lag.of("q")).isEqualTo(3);

    commit(1);

    assertThat(lag.of("q")).isEqualTo(2);
  }

  @Test
  void a_group_that_workers_have_left_for_another_does_not_count() throws Exception {
    announce(3);
    admin
        .alterShareGroupOffsets(
            Topics.tasks("q"), Map.of(new TopicPartition(Topics.tasks("q"), 0), 1L))
        .all()
        .get();
    await().atMost(TIMEOUT).until(() -> lag.of("q") == 2);

    commit(3);

    assertThat(lag.of("q")).isZero();
  }

  private void commit(long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            Topics.classicGroup("q"),
            Map.of(new TopicPartition(Topics.tasks("q"), 0), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private void announce(int count) {
    new TopicSetup(admin, 1, TIMEOUT).queue("q");
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        var unused = producer.send(new ProducerRecord<>(Topics.tasks("q"), new byte[1]));
      }
      producer.flush();
    }
  }
}
