package io.windrow.cli.fault;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.windrow.message.MessageCodec;
import io.windrow.message.TopicSetup;
import io.windrow.pool.TaskPool;
import io.windrow.store.WindrowStore;
import io.windrow.trace.Traces;
import io.windrow.worker.commit.KafkaResultPublisher;
import io.windrow.worker.commit.OutcomeCommitter;
import io.windrow.worker.commit.StoreRetry;
import io.windrow.worker.execute.AttemptRunner;
import io.windrow.worker.execute.FailureClassifier;
import io.windrow.worker.execute.Slots;
import io.windrow.worker.intake.DeadLetters;
import io.windrow.worker.intake.Intake;
import io.windrow.worker.intake.ShareConsumerMeters;
import io.windrow.worker.intake.TaskSources;
import io.windrow.worker.lease.LeaseKeeper;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.kafka.core.KafkaOperations;

/** A worker of one slot on one queue, whose attempt or intake may be stopped somewhere. */
final class WorkerLife {
  private static final Duration LEAVE = Duration.ofSeconds(10);

  private final LeaseKeeper leases;
  private final Slots slots = new Slots(1);
  private final TaskSources sources;

  /**
   * @param heartbeats the pool as its heartbeats see it
   */
  WorkerLife(
      String queue,
      TaskSources.Kind kind,
      WindrowStore store,
      TaskPool heartbeats,
      KafkaOperations<byte[], byte[]> kafka,
      Admin admin,
      Map<String, Object> connection,
      Duration lease) {
    MessageCodec codec = new MessageCodec();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    leases = new LeaseKeeper(heartbeats, lease, System::nanoTime);
    OutcomeCommitter committer =
        new OutcomeCommitter(
            store.pool(),
            store.recorders(),
            store.artifacts(),
            new KafkaResultPublisher(kafka, codec),
            StoreRetry.within(lease),
            meters);
    AttemptRunner runner =
        new AttemptRunner(
            List.of(new WindowExecutor()),
            new FailureClassifier(),
            leases,
            committer,
            Map.of(),
            Clock.systemUTC(),
            Traces.OFF,
            meters);
    Intake intake =
        new Intake(
            codec, store.pool(), "w", slots, runner, new DeadLetters(kafka, lease), lease, meters);
    sources =
        new TaskSources(
            kind,
            List.of(queue),
            connection,
            "w",
            intake,
            new TopicSetup(admin, 1, lease),
            new ShareConsumerMeters(meters));
    leases.start();
    sources.start();
  }

  /** It is no more: nothing is handed back, no heartbeat is sent. */
  void abandon() throws InterruptedException {
    leases.close();
    sources.stop(LEAVE);
    slots.close();
  }

  /** The same, once it has nothing under way that another test could take for its own. */
  void close() throws InterruptedException {
    sources.stop(LEAVE);
    slots.awaitIdle(LEAVE);
    abandon();
  }
}
