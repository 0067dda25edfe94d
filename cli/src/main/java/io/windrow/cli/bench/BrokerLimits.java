package io.windrow.cli.bench;

import io.windrow.cli.bench.LimitsBenchResult.Limit;
import io.windrow.message.TopicSetup;
import io.windrow.message.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The broker's part: how fast the members of one queue's share group take announcements from its
 * one partition, each poll acknowledged before the next, as workers do.
 */
final class BrokerLimits {
  private static final List<Integer> MEMBERS = List.of(1, 4, 16);
  private static final List<Integer> RECORDS = List.of(1, 16);
  private static final int BYTES = 300;

  /** More than go through in a second: the queue must not run dry. */
  private static final int MOST_PER_SECOND = 12_000;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final String TAKEN = "records were taken";

  /** How many figures there will be. */
  static final int KINDS = MEMBERS.size() * RECORDS.size();

  private final String bootstrap;
  private final String prefix;
  private final Duration each;
  private final Consumer<Limit> measured;

  /**
   * @param prefix of the queues' names
   */
  BrokerLimits(String bootstrap, String prefix, Duration each, Consumer<Limit> measured) {
    this.bootstrap = bootstrap;
    this.prefix = prefix;
    this.each = each;
    this.measured = measured;
  }

  void measure() {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
      for (int records : RECORDS) {
        for (int members : MEMBERS) {
          String queue = "%s-%d-%d".formatted(prefix, members, records);
          // The broker's own replication: that is what will be waited for.
          new TopicSetup(admin, -1, Duration.ofSeconds(15)).queue(queue);
          try {
            measure(queue, members, records);
          } finally {
            admin.deleteTopics(List.of(Topics.tasks(queue)));
          }
        }
      }
    }
  }

  private void measure(String queue, int members, int records) {
    announce(queue, (int) (MOST_PER_SECOND * (each.toMillis() * 1.5 + 2000) / 1000));
    AtomicLong taken = new AtomicLong();
    AtomicBoolean enough = new AtomicBoolean();
    List<Thread> threads =
        IntStream.range(0, members)
            .mapToObj(
                i ->
                    new Thread(
                        () -> take(queue, records, taken, enough::get), "windrow-bench-" + i))
            .toList();
    threads.forEach(Thread::start);
    double perSecond = rate(taken, members * records);
    enough.set(true);
    threads.forEach(BrokerLimits::join);
    measured.accept(
        new Limit(
            "announcements",
            "%d members, %d a poll".formatted(members, records),
            perSecond / records,
            perSecond,
            "records"));
  }

  /** After all have had some and half the time has gone by; of one record at least. */
  private double rate(AtomicLong taken, int some) {
    Growth.await(TAKEN, taken::get, some, Duration.ofMillis(10), seen -> {});
    sleep(each.dividedBy(2));
    long before = taken.get();
    long begin = System.nanoTime();
    sleep(each);
    Growth.await(TAKEN, taken::get, before + 1, each, seen -> {});
    return (taken.get() - before) * 1e9 / (System.nanoTime() - begin);
  }

  private void announce(String queue, int count) {
    byte[] value = new byte[BYTES];
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        var unused = producer.send(new ProducerRecord<>(Topics.tasks(queue), value));
      }
      producer.flush();
    }
  }

  private void take(String queue, int records, AtomicLong taken, BooleanSupplier enough) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            ConsumerConfig.GROUP_ID_CONFIG,
            Topics.tasks(queue),
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            records,
            ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
            "record_limit",
            ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
            "explicit");
    try (ShareConsumer<byte[], byte[]> consumer =
        new KafkaShareConsumer<>(
            settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.tasks(queue)));
      while (!enough.getAsBoolean()) {
        List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
        consumer.poll(POLL).forEach(polled::add);
        polled.forEach(record -> consumer.acknowledge(record, AcknowledgeType.ACCEPT));
        consumer.commitSync();
        taken.addAndGet(polled.size());
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
