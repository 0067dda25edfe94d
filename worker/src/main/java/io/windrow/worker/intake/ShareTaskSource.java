package io.windrow.worker.intake;

import io.windrow.message.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A share group (KIP-932, brokers from 4.2): the topic is a queue, and the next record goes to
 * whichever worker asks.
 *
 * <p>One record per poll, one poll per reserved slot. {@code max.poll.records} is fixed when a
 * consumer is made, so a larger value would bring more records than there are free slots; releasing
 * the surplus uses up the record's few deliveries (5 by default), after which the broker drops it.
 * With one record per poll nothing is ever released but after an error.
 *
 * <p>While no slot is free there is no poll at all. The client's own thread keeps the membership;
 * {@code max.poll.interval.ms} is set beyond any task. A member that does not poll strands nothing,
 * because the topic has a single partition, which all members have.
 */
final class ShareTaskSource extends PollLoop {
  private static final Logger log = LoggerFactory.getLogger(ShareTaskSource.class);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofSeconds(5);

  private final Supplier<ShareConsumer<byte[], byte[]>> consumers;
  private final Intake intake;

  ShareTaskSource(
      String queue,
      Supplier<ShareConsumer<byte[], byte[]>> consumers,
      Intake intake,
      Runnable topicSetup) {
    super(queue, topicSetup);
    this.consumers = consumers;
    this.intake = intake;
  }

  @Override
  void takeUntilStopped() throws InterruptedException {
    try (ShareConsumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.subscribe(List.of(Topics.tasks(queue())));
      while (!stopping()) {
        if (intake.reserve(WAIT) && takeOne(consumer) == Verdict.AGAIN) {
          awaitStore(intake);
        }
      }
    }
  }

  private Verdict takeOne(ShareConsumer<byte[], byte[]> consumer) {
    boolean reserved = true;
    Verdict worst = Verdict.SETTLED;
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
        Verdict verdict = Verdict.AGAIN;
        // A second record, which the configuration rules out, would have no slot.
        if (reserved && !stopping()) {
          reserved = false;
          verdict = intake.take(record, this::stopping);
        }
        consumer.acknowledge(
            record, verdict == Verdict.SETTLED ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
        worst = verdict == Verdict.AGAIN ? verdict : worst;
      }
    } finally {
      if (reserved) {
        intake.giveBack();
      }
    }
    settle(consumer.commitSync(ACKNOWLEDGE_TIMEOUT));
    return worst;
  }

  /** A lost acknowledgement only brings the record again, to find a stale claim. */
  private void settle(Map<TopicIdPartition, Optional<KafkaException>> results) {
    results.forEach(
        (partition, error) ->
            error.ifPresent(
                e ->
                    log.atWarn()
                        .addKeyValue("queue", queue())
                        .addKeyValue("error", e.toString())
                        .log("acknowledgement refused, the record may come again")));
  }
}
