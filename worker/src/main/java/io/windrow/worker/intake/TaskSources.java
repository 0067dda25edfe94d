package io.windrow.worker.intake;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the sources of a worker: one per queue. */
public final class TaskSources {

  /** Which kind of consumer group brings the tasks. */
  public enum Kind {
    /** A share group; brokers from 4.2. */
    SHARE,
    /** A classic consumer group; any broker. */
    CLASSIC
  }

  private TaskSources() {}

  /**
   * One source per queue, not started.
   *
   * @param connection how to reach the broker: addresses, security
   * @param worker this worker's name
   * @param topicSetup creates a queue's topic and sets its group up, if need be
   */
  public static List<TaskSource> of(
      Kind kind,
      List<String> queues,
      Map<String, Object> connection,
      String worker,
      Intake intake,
      Consumer<String> topicSetup) {
    TaskConsumers consumers = new TaskConsumers(connection, worker);
    return queues.stream()
        .map(queue -> source(kind, queue, consumers, intake, () -> topicSetup.accept(queue)))
        .toList();
  }

  private static TaskSource source(
      Kind kind, String queue, TaskConsumers consumers, Intake intake, Runnable topicSetup) {
    return switch (kind) {
      case SHARE -> new ShareTaskSource(queue, () -> consumers.share(queue), intake, topicSetup);
      case CLASSIC ->
          new ClassicTaskSource(queue, () -> consumers.classic(queue), intake, topicSetup);
    };
  }
}
