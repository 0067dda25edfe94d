package io.windrow.coordinator.dispatch;

import io.windrow.message.TopicSetup;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that topics and groups are there before their first use. */
public final class QueueTopics {
  private static final Logger log = LoggerFactory.getLogger(QueueTopics.class);

  private final TopicSetup setup;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();

  public QueueTopics(TopicSetup setup) {
    this.setup = setup;
  }

  /**
   * Creates the topics that all queues share, at the start. A broker that has gone away again is no
   * reason not to start: the outbox sees to them later.
   */
  public void prepare() {
    try {
      shared();
    } catch (KafkaException e) {
      log.atWarn().addKeyValue("error", e.toString()).log("topics not created yet");
    }
  }

  /** The topics that all queues share. */
  void shared() {
    setup.results();
    setup.deadLetter();
  }

  /** A queue's topic and group, created by the first call. */
  void require(String queue) {
    if (!ready.contains(queue)) {
      setup.queue(queue);
      ready.add(queue);
    }
  }

  /** The broker did not take or show a queue's records: its topic may be gone with its data. */
  void doubt(String queue) {
    ready.remove(queue);
  }
}
