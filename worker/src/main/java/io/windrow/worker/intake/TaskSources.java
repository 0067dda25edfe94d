package io.windrow.worker.intake;

import io.windrow.message.TopicSetup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The sources of a worker: one per queue. While they are held, the worker is in no group: what a
 * classic group would have given it, others get. Safe for several threads.
 */
public final class TaskSources {

  /** Which kind of consumer group brings the tasks. */
  public enum Kind {
    /** A share group; brokers from 4.2. */
    SHARE,
    /** A classic consumer group; any broker. */
    CLASSIC
  }

  private final Supplier<List<TaskSource>> fresh;
  private List<TaskSource> sources = List.of();
  private boolean held;
  private boolean stopped;

  /**
   * One source per queue, not started.
   *
   * @param connection how to reach the broker: addresses, security
   * @param worker this worker's name
   */
  public TaskSources(
      Kind kind,
      List<String> queues,
      Map<String, Object> connection,
      String worker,
      Intake intake,
      TopicSetup topics,
      ShareConsumerMeters meters) {
    TaskConsumers consumers = new TaskConsumers(connection, worker);
    this.fresh =
        () ->
            queues.stream()
                .map(queue -> source(kind, queue, consumers, intake, topics, meters))
                .toList();
  }

  private static TaskSource source(
      Kind kind,
      String queue,
      TaskConsumers consumers,
      Intake intake,
      TopicSetup topics,
      ShareConsumerMeters meters) {
    return switch (kind) {
      case SHARE ->
          new ShareTaskSource(
              queue,
              most -> meters.watched(queue, most, consumers.share(queue, most)),
              intake,
              () -> {
                topics.deadLetter();
                topics.queue(queue);
              });
      case CLASSIC ->
          new ClassicTaskSource(
              queue,
              () -> consumers.classic(queue),
              intake,
              () -> {
                topics.deadLetter();
                topics.queueTopic(queue);
              });
    };
  }

  /** Begins to take, or goes on after it was held. */
  public synchronized void start() {
    held = false;
    if (!stopped && !taking()) {
      sources = fresh.get();
      sources.forEach(TaskSource::start);
    }
  }

  private boolean taking() {
    return sources.stream().anyMatch(source -> !source.stopping());
  }

  /** Takes nothing more and leaves the groups, until it is started again. Returns at once. */
  public synchronized void hold() {
    held = true;
    sources.forEach(TaskSource::stop);
  }

  /** Whether every queue has its intake, and is to have it. */
  public synchronized boolean accepting() {
    return !refusing() && !sources.isEmpty() && sources.stream().allMatch(TaskSource::running);
  }

  /** Whether it is held or stopped: nothing more is taken. */
  public synchronized boolean refusing() {
    return held || stopped;
  }

  /** Whether it is held and has left all groups. */
  public synchronized boolean resting() {
    return held && sources.stream().noneMatch(TaskSource::running);
  }

  /**
   * Takes nothing more and leaves the groups, for good.
   *
   * @param timeout longest wait for all of them to have left
   */
  public void stop(Duration timeout) throws InterruptedException {
    List<TaskSource> last = last();
    long end = System.nanoTime() + timeout.toNanos();
    for (TaskSource source : last) {
      source.awaitStopped(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  private synchronized List<TaskSource> last() {
    stopped = true;
    sources.forEach(TaskSource::stop);
    return sources;
  }

  /** Whether every queue has its intake, or is held on purpose. */
  public synchronized boolean running() {
    return held || (!sources.isEmpty() && sources.stream().allMatch(TaskSource::running));
  }
}
