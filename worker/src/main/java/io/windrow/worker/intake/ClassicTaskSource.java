package io.windrow.worker.intake;

import io.windrow.message.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A classic consumer group, for brokers before 4.2. Its partitions are paused while no slot is
 * free, and it polls on to stay a member. At most as many workers take from a queue as its topic
 * has partitions.
 */
final class ClassicTaskSource extends PollLoop {
  private static final Duration WAIT = Duration.ofMillis(500);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Intake intake;

  ClassicTaskSource(
      String queue,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Intake intake,
      Runnable topicSetup) {
    super(queue, topicSetup);
    this.consumers = consumers;
    this.intake = intake;
  }

  @Override
  void takeUntilStopped() throws InterruptedException {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.subscribe(List.of(Topics.tasks(queue())));
      while (!stopping()) {
        boolean reserved = intake.reserve(WAIT);
        if (reserved) {
          consumer.resume(consumer.paused());
        } else {
          consumer.pause(consumer.assignment());
        }
        if (takeOne(consumer, reserved) == Verdict.AGAIN) {
          awaitStore(intake);
        }
      }
    }
  }

  private Verdict takeOne(Consumer<byte[], byte[]> consumer, boolean slot) {
    boolean reserved = slot;
    Verdict worst = Verdict.SETTLED;
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(slot ? WAIT : Duration.ZERO)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Verdict verdict = Verdict.AGAIN;
        // A rebalance may bring a partition that is not paused yet.
        if (reserved && !stopping()) {
          reserved = false;
          verdict = intake.take(record, this::stopping);
          worst = verdict;
        }
        if (verdict == Verdict.SETTLED) {
          consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
        } else {
          consumer.seek(partition, record.offset());
        }
      }
    } finally {
      if (reserved) {
        intake.giveBack();
      }
    }
    return worst;
  }
}
