package io.windrow.message;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record that nobody can decode, on its way to {@link Topics#DEAD_LETTER}: byte for byte, with
 * the reason and where it came from in headers.
 */
public final class DeadLetter {
  private static final int MAX_REASON = 500;

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
    header(letter, "windrow.reason", cut);
    header(letter, "windrow.topic", record.topic());
    header(letter, "windrow.partition", Integer.toString(record.partition()));
    header(letter, "windrow.offset", Long.toString(record.offset()));
    return letter;
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String key, String value) {
    letter.headers().add(key, value.getBytes(StandardCharsets.UTF_8));
  }
}
