package io.windrow.collector;

import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskFinished;
import io.windrow.message.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** A broker, a store and a collector, and what a test says to them. */
final class Cluster implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final EmbeddedStore store;
  private final KafkaProducer<byte[], byte[]> producer;
  private final MessageCodec codec = new MessageCodec();
  private final HttpClient http = HttpClient.newHttpClient();

  Cluster(Path folder) {
    broker = EmbeddedBroker.start(folder);
    store = EmbeddedStore.inMemory();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** A collector on a database and consumer group of its own name. */
  ConfigurableApplicationContext collector(String name, String... more) {
    return collectorOn(store.uri(name), name, more);
  }

  ConfigurableApplicationContext collectorOn(String uri, String group, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--spring.mongodb.uri=" + uri,
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--windrow.collector.group=" + group,
                "--windrow.collector.lag-every=200ms"));
    args.addAll(List.of(more));
    if (args.stream().noneMatch(arg -> arg.startsWith("--server.port="))) {
      args.add("--server.port=0");
    }
    return CollectorApplication.start(args.toArray(String[]::new));
  }

  void publish(TaskFinished message) {
    publish(message.taskId(), codec.encode(message));
  }

  void publish(String key, byte @Nullable [] value) {
    try {
      producer
          .send(new ProducerRecord<>(Topics.RESULTS, key.getBytes(StandardCharsets.UTF_8), value))
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * How many results a collector has not yet dealt with, counted now: its own gauge is of a while
   * ago, and 0 before the first count.
   */
  long lag(ConfigurableApplicationContext collector) {
    String group =
        Objects.requireNonNull(collector.getEnvironment().getProperty("windrow.collector.group"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      admin
          .describeTopics(List.of(Topics.RESULTS))
          .allTopicNames()
          .get()
          .get(Topics.RESULTS)
          .partitions()
          .forEach(
              one ->
                  latest.put(
                      new TopicPartition(Topics.RESULTS, one.partition()), OffsetSpec.latest()));
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      long lag = 0;
      for (var end : admin.listOffsets(latest).all().get().entrySet()) {
        OffsetAndMetadata at = committed.get(end.getKey());
        lag += end.getValue().offset() - (at == null ? 0 : at.offset());
      }
      return lag;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All records of the dead-letter topic so far. */
  List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "test-" + UUID.randomUUID()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.DEAD_LETTER).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < end.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  HttpResponse<byte[]> get(ConfigurableApplicationContext collector, String path, String accept) {
    return send(request(collector, path).header("Accept", accept).build());
  }

  /** A request with or without a body. */
  HttpResponse<byte[]> send(
      ConfigurableApplicationContext collector,
      String method,
      String path,
      String contentType,
      byte @Nullable [] body) {
    return send(
        request(collector, path)
            .header("Content-Type", contentType)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  static HttpRequest.Builder request(ConfigurableApplicationContext collector, String path) {
    String port =
        Objects.requireNonNull(collector.getEnvironment().getProperty("local.server.port"));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    store.close();
    broker.close();
  }
}
