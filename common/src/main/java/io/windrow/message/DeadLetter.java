package io.windrow.message;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that nobody can decode, on its way to {@link Topics#DEAD_LETTER}: byte for byte, with
 * the reason and where it came from in headers.
 */
public final class DeadLetter {
  private static final int MAX_REASON = 500;
  private static final String REASON = "windrow.reason";
  private static final String TOPIC = "windrow.topic";
  private static final String PARTITION = "windrow.partition";
  private static final String OFFSET = "windrow.offset";

  private DeadLetter() {}

  /**
   * The record to send.
   *
   * @param reason why it cannot be decoded; cut where it is long
   */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, String reason) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topics.DEAD_LETTER, record.key(), record.value());
    String cut = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    header(letter, REASON, cut);
    header(letter, TOPIC, record.topic());
    header(letter, PARTITION, Integer.toString(record.partition()));
    header(letter, OFFSET, Long.toString(record.offset()));
    return letter;
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String key, String value) {
    letter.headers().add(key, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The topic a letter came from; empty if it does not say. */
  public static String topic(ConsumerRecord<?, ?> letter) {
    return header(letter, TOPIC);
  }

  /** Where it stood there, {@code partition:offset}. */
  public static String position(ConsumerRecord<?, ?> letter) {
    return header(letter, PARTITION) + ":" + header(letter, OFFSET);
  }

  /** Why it could not be decoded; empty if it does not say. */
  public static String reason(ConsumerRecord<?, ?> letter) {
    return header(letter, REASON);
  }

  private static String header(ConsumerRecord<?, ?> letter, String key) {
    Header header = letter.headers().lastHeader(key);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
