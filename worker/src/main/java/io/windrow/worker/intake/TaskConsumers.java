package io.windrow.worker.intake;

import io.windrow.message.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes the consumers of task topics.
 *
 * @param connection how to reach the broker: addresses, security
 * @param worker this worker's name, part of the client ids
 */
record TaskConsumers(Map<String, Object> connection, String worker) {
  TaskConsumers {
    connection = Map.copyOf(connection);
  }

  private static final int MANY_SLOTS = 16;
  private static final int MOST = 64;

  /**
   * How many records an idle worker takes at once: one if it has few slots, else a quarter of them,
   * so that the way to the broker and back is worth it and the other slots run meanwhile.
   */
  static int handful(int slots) {
    return slots < MANY_SLOTS ? 1 : Math.min(MOST, slots / 4);
  }

  /**
   * A member of the queue's share group.
   *
   * @param most records per poll
   */
  ShareConsumer<byte[], byte[]> share(String queue, int most) {
    Map<String, Object> settings = settings(queue, Topics.tasks(queue));
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most);
    if (most > 1) {
      settings.put(ConsumerConfig.CLIENT_ID_CONFIG, worker + "-" + queue + "-many");
    }
    settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    // A worker with all slots busy does not poll, however long its tasks are.
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
    return new KafkaShareConsumer<>(
        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * A member of the queue's classic group. Share groups and classic groups have one name space, so
   * the name differs, and lies outside of what a queue's name can give.
   */
  Consumer<byte[], byte[]> classic(String queue) {
    Map<String, Object> settings = settings(queue, Topics.classicGroup(queue));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> settings(String queue, String group) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, worker + "-" + queue);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return settings;
  }
}
