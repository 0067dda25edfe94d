package io.windrow.worker.commit;

import io.windrow.message.TaskFinished;
import reactor.core.publisher.Mono;

/** Tells the world of a finished task. */
@FunctionalInterface
public interface ResultPublisher {

  /** Completes once all replicas have the message; keyed by task id. */
  Mono<Void> publish(TaskFinished finished);
}
