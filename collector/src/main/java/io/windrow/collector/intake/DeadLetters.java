package io.windrow.collector.intake;

import io.windrow.message.DeadLetter;
import io.windrow.message.Topics;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/** Parks records that nobody can decode on {@link Topics#DEAD_LETTER}. */
final class DeadLetters {
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final KafkaOperations<byte[], byte[]> kafka;
  private final Duration timeout;

  DeadLetters(KafkaOperations<byte[], byte[]> kafka, Duration timeout) {
    this.kafka = kafka;
    this.timeout = timeout;
  }

  /**
   * Returns once the broker has it.
   *
   * @throws KafkaException if the broker did not confirm it
   */
  void park(ConsumerRecord<byte[], byte[]> record, String reason) {
    try {
      kafka.send(DeadLetter.of(record, reason)).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("an undecodable record could not be parked, it will come again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while parking an undecodable record", e);
    }
    log.atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("reason", reason)
        .log("record parked, it cannot be decoded");
  }
}
