package io.windrow.worker.intake;

import io.windrow.message.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
        take(consumer, intake.reserve(TaskConsumers.handful(intake.slots()), WAIT));
      }
    }
  }

  private void take(Consumer<byte[], byte[]> consumer, int reserved) throws InterruptedException {
    List<ConsumerRecord<byte[], byte[]>> taken = List.of();
    Map<TopicPartition, Long> next = new HashMap<>();
    try {
      taken = poll(consumer, reserved, next);
    } finally {
      intake.giveBack(reserved - taken.size());
    }
    Map<ConsumerRecord<byte[], byte[]>, Verdict> verdicts = intake.take(taken, this::stopping);
    for (ConsumerRecord<byte[], byte[]> record : taken) {
      if (verdicts.get(record) == Verdict.AGAIN) {
        next.merge(partition(record), record.offset(), Math::min);
      }
    }
    Map<TopicPartition, OffsetAndMetadata> settled = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : taken) {
      long again = next.getOrDefault(partition(record), Long.MAX_VALUE);
      if (record.offset() < again) {
        settled.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
      }
    }
    next.forEach(consumer::seek);
    if (!settled.isEmpty()) {
      consumer.commitSync(settled);
    }
    if (verdicts.containsValue(Verdict.AGAIN)) {
      awaitStore(intake);
    }
  }

  /**
   * Records for the reserved slots: a poll brings one, and those the client has already come
   * without another way to the broker.
   *
   * @param surplus told from where on to read again: a rebalance may bring a partition that is not
   *     paused yet
   */
  private List<ConsumerRecord<byte[], byte[]>> poll(
      Consumer<byte[], byte[]> consumer, int reserved, Map<TopicPartition, Long> surplus) {
    if (reserved > 0) {
      consumer.resume(consumer.paused());
    } else {
      consumer.pause(consumer.assignment());
    }
    List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
    ConsumerRecords<byte[], byte[]> some = consumer.poll(reserved > 0 ? WAIT : Duration.ZERO);
    while (!some.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : some) {
        if (taken.size() < reserved && !stopping()) {
          taken.add(record);
        } else {
          surplus.merge(partition(record), record.offset(), Math::min);
        }
      }
      some = taken.size() < reserved && !stopping() ? consumer.poll(Duration.ZERO) : none();
    }
    return taken;
  }

  private static ConsumerRecords<byte[], byte[]> none() {
    return ConsumerRecords.empty();
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
