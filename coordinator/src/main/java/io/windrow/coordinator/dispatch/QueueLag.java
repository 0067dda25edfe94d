package io.windrow.coordinator.dispatch;

import io.windrow.message.ShareGroups;
import io.windrow.message.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * How many announcements of a queue no worker has taken yet. A queue has one partition, or several
 * if somebody gave its topic more for a classic group.
 */
public final class QueueLag {
  private final Admin admin;
  private final Duration timeout;

  /**
   * @param admin the caller's, stays open
   */
  public QueueLag(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeout = timeout;
  }

  /**
   * Records that no group has accepted: the share group's own count, or the classic group's, or all
   * there are if no worker has come yet. The smaller one of two groups: the one that workers have
   * left for the other falls behind for ever.
   *
   * @throws KafkaException if the broker does not answer
   */
  public long of(String queue) {
    Map<TopicPartition, Long> first = offsets(queue, OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(queue, OffsetSpec.latest());
    boolean shared = await(ShareGroups.on(admin));
    return end.entrySet().stream()
        .mapToLong(
            partition ->
                Stream.of(
                        shared ? shareLag(queue, partition.getKey()) : Optional.<Long>empty(),
                        classicLag(queue, partition.getKey(), partition.getValue()))
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder())
                    .orElse(partition.getValue() - first.getOrDefault(partition.getKey(), 0L)))
        // A group may remember more records than a topic has that was made anew.
        .map(records -> Math.max(0, records))
        .sum();
  }

  private Map<TopicPartition, Long> offsets(String queue, OffsetSpec spec) {
    String topic = Topics.tasks(queue);
    Map<TopicPartition, OffsetSpec> wanted =
        await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
            .collect(
                Collectors.toMap(
                    info -> new TopicPartition(topic, info.partition()), info -> spec));
    return await(admin.listOffsets(wanted).all()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  private Optional<Long> shareLag(String queue, TopicPartition partition) {
    try {
      var spec = new ListShareGroupOffsetsSpec().topicPartitions(List.of(partition));
      String group = Topics.tasks(queue);
      return Optional.ofNullable(
              await(admin.listShareGroupOffsets(Map.of(group, spec)).partitionsToOffsetInfo(group))
                  .get(partition))
          .flatMap(info -> info.lag());
    } catch (GroupIdNotFoundException e) {
      return Optional.empty();
    }
  }

  private Optional<Long> classicLag(String queue, TopicPartition partition, long end) {
    String group = Topics.classicGroup(queue);
    var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
    Map<TopicPartition, OffsetAndMetadata> committed =
        await(
            admin
                .listConsumerGroupOffsets(Map.of(group, spec))
                .partitionsToOffsetAndMetadata(group));
    return Optional.ofNullable(committed.get(partition)).map(offset -> end - offset.offset());
  }

  private <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "the broker did not answer within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }
}
