package io.windrow.coordinator.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.message.DeadLetter;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that nobody could decode.
 *
 * @param offset its place among the dead letters
 * @param topic where it came from
 * @param position partition and offset there, {@code partition:offset}
 * @param reason why it could not be decoded
 * @param parkedAt when it was put aside
 * @param text its beginning, as far as it is text
 */
public record Letter(
    long offset, String topic, String position, String reason, Instant parkedAt, String text) {
  private static final int TEXT = 200;

  static Letter of(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    String text = new String(value, 0, Math.min(value.length, TEXT), UTF_8);
    return new Letter(
        record.offset(),
        DeadLetter.topic(record),
        DeadLetter.position(record),
        DeadLetter.reason(record),
        Instant.ofEpochMilli(record.timestamp()),
        text.replaceAll("\\p{Cntrl}", "\uFFFD"));
  }
}
