package io.windrow.coordinator.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.TaskFinished;
import io.windrow.message.Topics;
import io.windrow.task.Task;
import io.windrow.trace.Traces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.SendResult;

/**
 * Publishes what tasks have come to. A record that the broker does not confirm is not an error: the
 * task stays as it is and is published again later, and readers expect repeats.
 */
public final class Announcer {
  private static final Logger log = LoggerFactory.getLogger(Announcer.class);

  private final KafkaOperations<byte[], byte[]> kafka;
  private final MessageCodec codec;
  private final Duration timeout;

  /**
   * @param kafka its producer waits for all replicas ({@code acks=all}) and is idempotent
   * @param timeout for all records of one call together
   */
  public Announcer(KafkaOperations<byte[], byte[]> kafka, MessageCodec codec, Duration timeout) {
    this.kafka = kafka;
    this.codec = codec;
    this.timeout = timeout;
  }

  /** A record on its way. */
  private record Sent(Task task, CompletableFuture<?> confirmed) {}

  /**
   * Announces queued tasks under their versions.
   *
   * @return those the broker has
   */
  List<Task> announce(List<Task> tasks) {
    List<Sent> sent = new ArrayList<>();
    for (Task task : tasks) {
      byte[] record =
          codec.encode(new TaskAnnounced(1, task.id(), task.version(), task.pool(), task.queue()));
      sent.add(new Sent(task, send(Topics.tasks(task.queue()), task, record)));
    }
    return confirmed(sent);
  }

  /**
   * Publishes the results of finished tasks.
   *
   * @return those the broker has
   */
  List<Task> publish(List<Task> finished) {
    List<Sent> sent = new ArrayList<>();
    for (Task task : finished) {
      sent.add(new Sent(task, send(Topics.RESULTS, task, codec.encode(result(task)))));
    }
    return confirmed(sent);
  }

  private static TaskFinished result(Task task) {
    return new TaskFinished(
        1,
        task.id(),
        task.version(),
        task.state(),
        task.pool(),
        task.experiment(),
        task.submission(),
        task.result() == null ? null : task.result().recorder(),
        task.result() == null ? Map.of() : task.result().metrics());
  }

  private CompletableFuture<SendResult<byte[], byte[]>> send(
      String topic, Task task, byte[] value) {
    byte[] key = task.id().getBytes(UTF_8);
    String trace = task.asked().trace();
    try {
      return trace == null
          ? kafka.send(topic, key, value)
          : kafka.send(new ProducerRecord<>(topic, null, key, value, Traces.headers(trace)));
    } catch (KafkaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private List<Task> confirmed(List<Sent> sent) {
    long end = System.nanoTime() + timeout.toNanos();
    List<Task> confirmed = new ArrayList<>();
    Throwable failure = null;
    for (Sent record : sent) {
      try {
        record.confirmed().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        confirmed.add(record.task());
      } catch (ExecutionException e) {
        failure = e.getCause();
      } catch (TimeoutException e) {
        failure = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return confirmed;
      }
    }
    if (failure != null) {
      log.atWarn()
          .addKeyValue("records", sent.size())
          .addKeyValue("confirmed", confirmed.size())
          .addKeyValue("error", failure.toString())
          .log("broker did not confirm records, they will be published again");
    }
    return confirmed;
  }
}
