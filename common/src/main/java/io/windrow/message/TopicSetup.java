package io.windrow.message;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates topics and configures share groups before their first use. Idempotent: every process that
 * needs a topic calls this, whichever comes first makes it.
 */
public final class TopicSetup {
  private static final int RESULT_PARTITIONS = 3;
  private static final long TIMEOUT_SECONDS = 30;

  /** It has to outlast a claim, not a task. Brokers as delivered allow 15 s to 60 s. */
  private static final Duration LONGEST_LOCK = Duration.ofSeconds(30);

  private final Admin admin;
  private final short replication;
  private final Duration recordLock;

  /**
   * @param admin the caller's, stays open
   * @param replication replication factor of new topics; -1 for the broker's default
   * @param lease of a task; a share consumer holds an acquired record no longer
   */
  public TopicSetup(Admin admin, int replication, Duration lease) {
    this.admin = admin;
    this.replication = (short) replication;
    this.recordLock = lease.compareTo(LONGEST_LOCK) < 0 ? lease : LONGEST_LOCK;
  }

  /** How long a share consumer holds an acquired record, which it has to claim in this time. */
  public Duration recordLock() {
    return recordLock;
  }

  /**
   * The queue's topic with one partition, and its share group, which starts at the earliest.
   * Brokers without share groups get the topic alone: classic groups take from it.
   */
  public void queue(String queue) {
    queueTopic(queue);
    if (!await(ShareGroups.on(admin))) {
      return;
    }
    String topic = Topics.tasks(queue);
    // Without this a group begins at the latest record: what was announced before the first worker
    // came would be skipped.
    await(
        admin
            .incrementalAlterConfigs(
                Map.of(
                    new ConfigResource(ConfigResource.Type.GROUP, topic),
                    List.of(
                        set("share.auto.offset.reset", "earliest"),
                        set(
                            "share.record.lock.duration.ms",
                            Long.toString(recordLock.toMillis())))))
            .all());
  }

  /** The queue's topic alone, for who takes from it with a classic group. */
  public void queueTopic(String queue) {
    create(new NewTopic(Topics.tasks(queue), 1, replication));
  }

  /** The topic of results. */
  public void results() {
    create(new NewTopic(Topics.RESULTS, RESULT_PARTITIONS, replication));
  }

  /** The topic of undecodable records. */
  public void deadLetter() {
    create(new NewTopic(Topics.DEAD_LETTER, 1, replication));
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
  }

  private void create(NewTopic topic) {
    try {
      await(admin.createTopics(List.of(topic)).all());
    } catch (TopicExistsException e) {
      // What we wanted.
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "the broker did not answer within " + TIMEOUT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }
}
