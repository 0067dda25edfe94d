package io.windrow.coordinator.dispatch;

import io.windrow.message.TopicSetup;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sees to it that topics and groups are there before their first use. */
public final class QueueTopics {
  private final TopicSetup setup;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();

  public QueueTopics(TopicSetup setup) {
    this.setup = setup;
  }

  /** The topics that all queues share. */
  public void shared() {
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
