package io.windrow.worker.commit;

import io.windrow.message.MessageCodec;
import io.windrow.message.TaskFinished;
import io.windrow.message.Topics;
import java.nio.charset.StandardCharsets;
import org.springframework.kafka.core.KafkaOperations;
import reactor.core.publisher.Mono;

/** Publishes on {@link Topics#RESULTS}. */
public final class KafkaResultPublisher implements ResultPublisher {
  private final KafkaOperations<byte[], byte[]> kafka;
  private final MessageCodec codec;

  /**
   * @param kafka its producer waits for all replicas ({@code acks=all}) and is idempotent
   */
  public KafkaResultPublisher(KafkaOperations<byte[], byte[]> kafka, MessageCodec codec) {
    this.kafka = kafka;
    this.codec = codec;
  }

  @Override
  public Mono<Void> publish(TaskFinished finished) {
    byte[] key = finished.taskId().getBytes(StandardCharsets.UTF_8);
    return Mono.fromFuture(() -> kafka.send(Topics.RESULTS, key, codec.encode(finished))).then();
  }
}
