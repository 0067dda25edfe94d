package io.windrow.worker.intake;

import io.windrow.message.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
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
 * <p>No poll brings more records than there are free slots: releasing the surplus would use up the
 * record's few deliveries (5 by default), after which the broker drops it. What a poll brings is
 * fixed when a consumer is made, so there are two of them, each a member of the group: one brings a
 * record at a time, the other a handful, and is asked only while so many slots are free. Nothing is
 * released but after an error.
 *
 * <p>While no slot is free there is no poll at all. The client's own thread keeps the membership;
 * {@code max.poll.interval.ms} is set beyond any task. A member that does not poll strands nothing,
 * because the topic has a single partition, which all members have. Only what reaches a consumer
 * just after its poll has ended waits for its next poll, or to be delivered anew.
 */
final class ShareTaskSource extends PollLoop {
  private static final Logger log = LoggerFactory.getLogger(ShareTaskSource.class);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofSeconds(5);

  private final IntFunction<ShareConsumer<byte[], byte[]>> consumers;
  private final Intake intake;

  /**
   * @param consumers makes one that brings up to so many records per poll
   */
  ShareTaskSource(
      String queue,
      IntFunction<ShareConsumer<byte[], byte[]>> consumers,
      Intake intake,
      Runnable topicSetup) {
    super(queue, topicSetup);
    this.consumers = consumers;
    this.intake = intake;
  }

  @Override
  void takeUntilStopped() throws InterruptedException {
    int handful = TaskConsumers.handful(intake.slots());
    try (ShareConsumer<byte[], byte[]> one = member(1);
        ShareConsumer<byte[], byte[]> many = handful > 1 ? member(handful) : null) {
      while (!stopping()) {
        int free = intake.reserve(handful, WAIT);
        if (many != null && free == handful) {
          take(many, free);
        } else if (free > 0) {
          intake.giveBack(free - 1);
          take(one, 1);
        }
      }
    }
  }

  private ShareConsumer<byte[], byte[]> member(int most) {
    ShareConsumer<byte[], byte[]> consumer = consumers.apply(most);
    consumer.subscribe(List.of(Topics.tasks(queue())));
    return consumer;
  }

  private void take(ShareConsumer<byte[], byte[]> consumer, int reserved)
      throws InterruptedException {
    List<ConsumerRecord<byte[], byte[]>> taken = List.of();
    try {
      taken = poll(consumer, reserved);
    } finally {
      intake.giveBack(reserved - taken.size());
    }
    Map<ConsumerRecord<byte[], byte[]>, Verdict> verdicts = intake.take(taken, this::stopping);
    verdicts.forEach(
        (record, verdict) ->
            consumer.acknowledge(
                record,
                verdict == Verdict.SETTLED ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE));
    settle(consumer.commitSync(ACKNOWLEDGE_TIMEOUT));
    if (verdicts.containsValue(Verdict.AGAIN)) {
      awaitStore(intake);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> poll(
      ShareConsumer<byte[], byte[]> consumer, int reserved) {
    List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
      // More than were asked for, which the configuration rules out, would have no slots.
      if (taken.size() < reserved && !stopping()) {
        taken.add(record);
      } else {
        consumer.acknowledge(record, AcknowledgeType.RELEASE);
      }
    }
    return taken;
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
