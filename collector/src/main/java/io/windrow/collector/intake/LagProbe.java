package io.windrow.collector.intake;

import io.windrow.message.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how far the group's committed offsets are behind the end of the results topic. Asks the
 * broker, so that the figure is right while this process stands still as well.
 */
final class LagProbe {
  private static final Logger log = LoggerFactory.getLogger(LagProbe.class);

  private final Admin admin;
  private final String group;
  private final IntakeMetrics metrics;
  private final Duration timeout;

  LagProbe(Admin admin, String group, IntakeMetrics metrics, Duration timeout) {
    this.admin = admin;
    this.group = group;
    this.metrics = metrics;
    this.timeout = timeout;
  }

  /** Measures once. Never throws: the gauge keeps its last value. */
  void run() {
    try {
      metrics.lag(measure());
    } catch (ExecutionException | TimeoutException e) {
      log.atWarn().addKeyValue("error", e.toString()).log("lag could not be measured");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long measure() throws ExecutionException, TimeoutException, InterruptedException {
    List<TopicPartition> partitions =
        await(admin.describeTopics(List.of(Topics.RESULTS)).allTopicNames())
            .get(Topics.RESULTS)
            .partitions()
            .stream()
            .map(partition -> new TopicPartition(Topics.RESULTS, partition.partition()))
            .toList();
    Map<TopicPartition, ListOffsetsResultInfo> first = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> end = offsets(partitions, OffsetSpec.latest());
    Map<TopicPartition, OffsetAndMetadata> committed =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    long lag = 0;
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata at = committed.get(partition);
      long begin = first.get(partition).offset();
      lag += end.get(partition).offset() - (at == null ? begin : Math.max(begin, at.offset()));
    }
    return lag;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      List<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, TimeoutException, InterruptedException {
    return await(
        admin
            .listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), p -> spec)))
            .all());
  }

  private <T> T await(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
