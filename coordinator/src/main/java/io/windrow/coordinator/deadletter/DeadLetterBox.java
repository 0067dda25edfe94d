package io.windrow.coordinator.deadletter;

import io.windrow.message.DeadLetter;
import io.windrow.message.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * The topic of dead letters as a box: what was sent again has been taken out of it. The offsets
 * that a group has committed say how far that is, so all coordinators see the same box.
 *
 * <p>A letter is sent first and taken out second. A crash in between sends it again, which its
 * readers expect of every record.
 */
public final class DeadLetterBox {
  private static final Logger log = LoggerFactory.getLogger(DeadLetterBox.class);
  private static final String GROUP = "windrow.deadletter.replayed";
  private static final TopicPartition BOX = new TopicPartition(Topics.DEAD_LETTER, 0);
  private static final int BATCH = 500;
  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, Object> connection;
  private final KafkaOperations<byte[], byte[]> kafka;
  private final Duration timeout;

  /**
   * @param connection how to reach the broker: addresses, security
   * @param kafka its producer waits for all replicas
   * @param timeout longest wait for the broker
   */
  public DeadLetterBox(
      Map<String, Object> connection, KafkaOperations<byte[], byte[]> kafka, Duration timeout) {
    this.connection = Map.copyOf(connection);
    this.kafka = kafka;
    this.timeout = timeout;
  }

  /**
   * What became of the letters.
   *
   * @param sent again, each to the topic it came from
   * @param dropped taken out without, because they do not say where they came from
   */
  public record Replay(int sent, int dropped) {}

  /**
   * The oldest letters.
   *
   * @throws KafkaException if the broker does not answer
   */
  public synchronized List<Letter> list(int limit) {
    try (KafkaConsumer<byte[], byte[]> consumer = open()) {
      long end = end(consumer);
      List<Letter> letters = new ArrayList<>();
      while (letters.size() < limit && consumer.position(BOX, timeout) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (letters.size() < limit) {
            letters.add(Letter.of(record));
          }
        }
      }
      return letters;
    }
  }

  /**
   * How many letters there are.
   *
   * @throws KafkaException if the broker does not answer
   */
  public long size() {
    try (KafkaConsumer<byte[], byte[]> consumer = open()) {
      return Math.max(0, end(consumer) - consumer.position(BOX, timeout));
    }
  }

  /**
   * Sends all letters again that are there now. What is still not decodable comes back as a new
   * one.
   *
   * @throws KafkaException if the broker does not answer; what was taken out stays taken out
   */
  public synchronized Replay replay() {
    try (KafkaConsumer<byte[], byte[]> consumer = open()) {
      long end = end(consumer);
      int sent = 0;
      int dropped = 0;
      while (consumer.position(BOX, timeout) < end) {
        List<CompletableFuture<?>> confirmations = new ArrayList<>();
        long next = consumer.position(BOX, timeout);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() >= end) {
            next = end; // these came back while we were sending
            break;
          }
          String topic = DeadLetter.topic(record);
          if (Topics.carriesMessages(topic)) {
            confirmations.add(
                kafka.send(new ProducerRecord<>(topic, record.key(), record.value())));
          } else {
            dropped++;
          }
          next = record.offset() + 1;
        }
        await(confirmations);
        sent += confirmations.size();
        consumer.seek(BOX, next);
        consumer.commitSync(Map.of(BOX, new OffsetAndMetadata(next)), timeout);
      }
      if (sent + dropped > 0) {
        log.atInfo()
            .addKeyValue("sent", sent)
            .addKeyValue("dropped", dropped)
            .log("dead letters sent again");
      }
      return new Replay(sent, dropped);
    }
  }

  private KafkaConsumer<byte[], byte[]> open() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(BOX)); // no member of the group: nobody else is held up
    return consumer;
  }

  private long end(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.endOffsets(List.of(BOX), timeout).getOrDefault(BOX, 0L);
  }

  private void await(List<CompletableFuture<?>> confirmations) {
    try {
      CompletableFuture.allOf(confirmations.toArray(CompletableFuture[]::new))
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the broker did not take the letters, they stay where they are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while letters were sent", e);
    }
  }
}
