package io.windrow.coordinator;

import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.Topics;
import io.windrow.message.UndecodableMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A member of a queue's share group, which accepts what it gets: a worker's intake, or a thief. */
final class QueueReader implements AutoCloseable {
  private final KafkaShareConsumer<byte[], byte[]> consumer;
  private final MessageCodec codec = new MessageCodec();
  private final List<TaskAnnounced> read = new ArrayList<>();

  QueueReader(String bootstrap, String queue) {
    consumer =
        new KafkaShareConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                Topics.tasks(queue),
                "share.acknowledgement.mode",
                "explicit"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(Topics.tasks(queue)));
  }

  /** All announcements so far, after a short look for more. */
  List<TaskAnnounced> announcements() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
      try {
        read.add(codec.announced(record.value()));
      } catch (UndecodableMessage e) {
        throw new AssertionError(e);
      }
      consumer.acknowledge(record, AcknowledgeType.ACCEPT);
    }
    consumer.commitSync();
    return List.copyOf(read);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
