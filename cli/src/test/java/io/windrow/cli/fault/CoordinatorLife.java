package io.windrow.cli.fault;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.windrow.coordinator.dispatch.Announcer;
import io.windrow.coordinator.dispatch.DependencyKeeper;
import io.windrow.coordinator.dispatch.DispatchMetrics;
import io.windrow.coordinator.dispatch.Dispatcher;
import io.windrow.coordinator.dispatch.Outbox;
import io.windrow.coordinator.dispatch.PauseKeeper;
import io.windrow.coordinator.dispatch.QueueLag;
import io.windrow.coordinator.dispatch.QueueTopics;
import io.windrow.coordinator.dispatch.Reaper;
import io.windrow.coordinator.dispatch.StageKeeper;
import io.windrow.coordinator.dispatch.Step;
import io.windrow.coordinator.submit.SubmissionService;
import io.windrow.coordinator.workflow.WorkflowParser;
import io.windrow.failpoint.ProcessStopped;
import io.windrow.message.MessageCodec;
import io.windrow.message.TopicSetup;
import io.windrow.quant.data.DataRoots;
import io.windrow.store.WindrowStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;
import reactor.core.Exceptions;

/**
 * A coordinator whose loops run one after another on the caller's thread, until it is stopped
 * somewhere. It remembers nothing of the lives before it.
 */
final class CoordinatorLife {
  private static final Logger log = LoggerFactory.getLogger(CoordinatorLife.class);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final SubmissionService submissions;
  private final Step reaper;
  private final List<Step> others;

  CoordinatorLife(
      WindrowStore store,
      KafkaOperations<byte[], byte[]> kafka,
      Admin admin,
      Path dataRoot,
      Duration lease) {
    Announcer announcer = new Announcer(kafka, new MessageCodec(), TIMEOUT);
    QueueTopics topics = new QueueTopics(new TopicSetup(admin, 1, lease));
    submissions =
        new SubmissionService(
            new WorkflowParser(new DataRoots(List.of(dataRoot))),
            store.submissions(),
            store.pool(),
            store.recorders(),
            store.artifacts(),
            100,
            Clock.systemUTC(),
            receipt -> {});
    DispatchMetrics metrics = new DispatchMetrics(new SimpleMeterRegistry());
    reaper = new Reaper(store.pool(), () -> true, lease, TIMEOUT, metrics, () -> {});
    others =
        List.of(
            new StageKeeper(store.pool(), TIMEOUT, () -> {}),
            new DependencyKeeper(store.pool(), TIMEOUT, () -> {}),
            new PauseKeeper(store.pool(), store.limits(), TIMEOUT),
            new Dispatcher(
                store.pool(),
                announcer,
                topics,
                new QueueLag(admin, TIMEOUT),
                metrics,
                64,
                () -> true,
                SHORT.multipliedBy(3),
                TIMEOUT),
            new Outbox(
                store.pool(),
                store.attemptRecorders(),
                announcer,
                topics,
                () -> true,
                SHORT,
                TIMEOUT));
  }

  SubmissionService submissions() {
    return submissions;
  }

  /**
   * Everything its loops do, once.
   *
   * @param reap whether silent workers lose their tasks, too
   */
  void round(boolean reap) {
    unlessStopped(
        () -> {
          submissions.resume(SHORT).then().block(TIMEOUT);
          if (reap) {
            reaper.runOnce();
          }
          others.forEach(CoordinatorLife::step);
        });
  }

  /** As its loop does: what the broker cannot do now is done in a later round. */
  private static void step(Step step) {
    try {
      step.runOnce();
    } catch (KafkaException e) {
      log.atWarn().addKeyValue("error", e.toString()).log("a step failed, the next round goes on");
    }
  }

  /** Runs something until its end or until it is stopped. */
  static void unlessStopped(Runnable work) {
    try {
      work.run();
    } catch (ProcessStopped e) {
      return;
    } catch (RuntimeException e) {
      if (!(Exceptions.unwrap(e) instanceof ProcessStopped)) {
        throw e;
      }
    }
  }
}
