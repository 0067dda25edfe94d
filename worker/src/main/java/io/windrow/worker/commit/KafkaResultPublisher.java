package io.windrow.worker.commit;

import io.windrow.message.MessageCodec;
import io.windrow.message.TaskFinished;
import io.windrow.message.Topics;
import io.windrow.trace.Traces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.kafka.core.KafkaOperations;
import reactor.core.publisher.Mono;

/** Publishes on {@link Topics#RESULTS}, with the trace of the attempt whose thread this is. */
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
    List<Header> headers = Traces.headers(Traces.current());
    return Mono.fromFuture(
            () ->
                kafka.send(
                    new ProducerRecord<>(
                        Topics.RESULTS, null, key, codec.encode(finished), headers)))
        .then();
  }
}
