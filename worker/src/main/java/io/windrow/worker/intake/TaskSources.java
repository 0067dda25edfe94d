package io.windrow.worker.intake;

import io.windrow.message.TopicSetup;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The sources of a worker: one per queue. */
public final class TaskSources {

  /** Which kind of consumer group brings the tasks. */
  public enum Kind {
    /** A share group; brokers from 4.2. */
    SHARE,
    /** A classic consumer group; any broker. */
    CLASSIC
  }

  private final List<TaskSource> sources;

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
      TopicSetup topics) {
    TaskConsumers consumers = new TaskConsumers(connection, worker);
    this.sources =
        queues.stream().map(queue -> source(kind, queue, consumers, intake, topics)).toList();
  }

  private static TaskSource source(
      Kind kind, String queue, TaskConsumers consumers, Intake intake, TopicSetup topics) {
    return switch (kind) {
      case SHARE ->
          new ShareTaskSource(
              queue,
              most -> consumers.share(queue, most),
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

  /** Begins to take. */
  public void start() {
    sources.forEach(TaskSource::start);
  }

  /**
   * Takes nothing more and leaves the groups.
   *
   * @param timeout longest wait for all of them to have left
   */
  public void stop(Duration timeout) throws InterruptedException {
    sources.forEach(TaskSource::stop);
    long end = System.nanoTime() + timeout.toNanos();
    for (TaskSource source : sources) {
      source.awaitStopped(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  /** Whether every queue has its intake. */
  public boolean running() {
    return sources.stream().allMatch(TaskSource::running);
  }
}
