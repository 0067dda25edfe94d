package io.windrow.worker.intake;

import io.windrow.message.DeadLetter;
import io.windrow.message.Topics;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/** Parks records that nobody can decode on {@link Topics#DEAD_LETTER}. */
public final class DeadLetters {
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final KafkaOperations<byte[], byte[]> kafka;
  private final Duration timeout;

  public DeadLetters(KafkaOperations<byte[], byte[]> kafka, Duration timeout) {
    this.kafka = kafka;
    this.timeout = timeout;
  }

  /** Parks a record. False: the broker did not confirm it. */
  boolean park(ConsumerRecord<byte[], byte[]> record, String reason) {
    try {
      kafka.send(DeadLetter.of(record, reason)).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      log.atWarn()
          .addKeyValue("topic", record.topic())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", reason)
          .log("record parked, it cannot be decoded");
      return true;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      log.atWarn()
          .addKeyValue("topic", record.topic())
          .addKeyValue("offset", record.offset())
          .addKeyValue("error", e.toString())
          .log("record cannot be decoded and could not be parked, it will come again");
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
