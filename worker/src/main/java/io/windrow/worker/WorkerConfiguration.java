package io.windrow.worker;

import com.mongodb.reactivestreams.client.MongoClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.fleet.Presence;
import io.windrow.message.MessageCodec;
import io.windrow.message.TopicProperties;
import io.windrow.message.TopicSetup;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.run.EngineSettings;
import io.windrow.quant.run.ResearchEngine;
import io.windrow.startup.ProgramVersion;
import io.windrow.store.StoreClock;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.trace.Traces;
import io.windrow.worker.commit.KafkaResultPublisher;
import io.windrow.worker.commit.OutcomeCommitter;
import io.windrow.worker.commit.StoreRetry;
import io.windrow.worker.execute.AttemptRunner;
import io.windrow.worker.execute.FailureClassifier;
import io.windrow.worker.execute.FeatureMetrics;
import io.windrow.worker.execute.NativeExecutor;
import io.windrow.worker.execute.NoopExecutor;
import io.windrow.worker.execute.Slots;
import io.windrow.worker.execute.StoredArtifacts;
import io.windrow.worker.execute.TaskExecutor;
import io.windrow.worker.fleet.PresenceKeeper;
import io.windrow.worker.intake.DeadLetters;
import io.windrow.worker.intake.Intake;
import io.windrow.worker.intake.ShareConsumerMeters;
import io.windrow.worker.intake.TaskSources;
import io.windrow.worker.isolate.IsolatingExecutor;
import io.windrow.worker.lease.LeaseKeeper;
import io.windrow.worker.lease.LeaseMetrics;
import io.windrow.worker.process.ProcessExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.ProducerListener;

/** Puts the parts of a worker together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicProperties.class)
class WorkerConfiguration {

  @Bean
  Clock clock(MongoClient client, MongoConnectionDetails connection) {
    return StoreClock.of(client.getDatabase(database(connection)));
  }

  @Bean
  WindrowStore windrowStore(
      MongoClient client,
      MongoConnectionDetails connection,
      Clock clock,
      ClusterProperties cluster) {
    StoreSettings defaults = StoreSettings.defaults();
    StoreSettings settings =
        new StoreSettings(cluster.retry().first(), cluster.retry().max(), defaults.defer());
    return new WindrowStore(client, database(connection), settings, clock);
  }

  private static String database(MongoConnectionDetails connection) {
    String named = connection.getConnectionString().getDatabase();
    return named == null ? "windrow" : named;
  }

  @Bean
  MessageCodec messageCodec() {
    return new MessageCodec();
  }

  @Bean(destroyMethod = "close")
  Admin topicAdmin(KafkaAdmin connection) {
    return Admin.create(connection.getConfigurationProperties());
  }

  @Bean
  TopicSetup topicSetup(Admin admin, TopicProperties settings, ClusterProperties cluster) {
    return new TopicSetup(admin, settings.replication(), cluster.lease());
  }

  @Bean
  LeaseKeeper leaseKeeper(WindrowStore store, ClusterProperties cluster, MeterRegistry meters) {
    LeaseKeeper keeper = new LeaseKeeper(store.pool(), cluster.lease(), System::nanoTime);
    LeaseMetrics.register(keeper, meters);
    return keeper;
  }

  /** Who sends says once what the broker did not take; this would say it for each record. */
  @Bean
  ProducerListener<Object, Object> silentProducerListener() {
    return new ProducerListener<>() {};
  }

  @Bean
  OutcomeCommitter outcomeCommitter(
      WindrowStore store,
      KafkaOperations<byte[], byte[]> kafka,
      MessageCodec codec,
      ClusterProperties cluster,
      MeterRegistry meters) {
    return new OutcomeCommitter(
        store.pool(),
        store.recorders(),
        store.artifacts(),
        new KafkaResultPublisher(kafka, codec),
        StoreRetry.within(cluster.lease()),
        meters);
  }

  @Bean(destroyMethod = "") // the lifecycle closes them, after the drain
  Slots slots(WorkerProperties worker, MeterRegistry meters) {
    Slots slots = new Slots(worker.slots());
    slotGauge(meters, "busy", slots, Slots::busy);
    slotGauge(meters, "free", slots, each -> each.total() - each.busy());
    return slots;
  }

  @Bean
  AttemptRunner attemptRunner(
      WindrowStore store,
      LeaseKeeper leases,
      OutcomeCommitter committer,
      WorkerProperties worker,
      ClusterProperties cluster,
      Clock clock,
      Traces traces,
      MeterRegistry meters) {
    List<TaskExecutor> executors = executors(store, worker, cluster, meters);
    Map<String, String> tags = Map.of("worker", worker.name(), "host", WorkerProperties.host());
    AttemptRunner runner =
        new AttemptRunner(
            executors, new FailureClassifier(), leases, committer, tags, clock, traces, meters);
    runner.know(worker.queues());
    return runner;
  }

  @Bean
  TaskSources taskSources(
      WindrowStore store,
      MessageCodec codec,
      Slots slots,
      AttemptRunner runner,
      KafkaOperations<byte[], byte[]> kafka,
      KafkaAdmin connection,
      TopicSetup topics,
      WorkerProperties worker,
      MeterRegistry meters) {
    // Below the broker's record lock: an answer that comes later is of no use.
    Duration patience = topics.recordLock().dividedBy(2);
    Intake intake =
        new Intake(
            codec,
            store.pool(),
            worker.name(),
            slots,
            runner,
            new DeadLetters(kafka, patience),
            patience,
            meters);
    intake.know(worker.queues());
    return new TaskSources(
        worker.source(),
        worker.queues(),
        connection.getConfigurationProperties(),
        worker.name(),
        intake,
        topics,
        new ShareConsumerMeters(meters));
  }

  @Bean
  PresenceKeeper presenceKeeper(
      WindrowStore store,
      WorkerProperties worker,
      Slots slots,
      LeaseKeeper leases,
      TaskSources sources,
      Clock clock) {
    Presence self =
        new Presence(
            worker.name(),
            WorkerProperties.host(),
            ProcessHandle.current().pid(),
            ProgramVersion.of(WorkerConfiguration.class),
            worker.queues(),
            List.copyOf(worker.executors()),
            worker.slots(),
            0,
            List.of(),
            clock.instant(),
            false,
            false);
    return new PresenceKeeper(store.workers(), self, slots, leases, sources);
  }

  @Bean
  WorkerLifecycle workerLifecycle(
      TaskSources sources,
      Slots slots,
      LeaseKeeper leases,
      PresenceKeeper presence,
      WorkerProperties worker) {
    return new WorkerLifecycle(sources, slots, leases, presence, worker.drain());
  }

  @Bean
  IntakeHealth intakeHealthIndicator(TaskSources sources, MeterRegistry meters) {
    Gauge.builder("windrow.worker.draining", sources, each -> each.refusing() ? 1 : 0)
        .description("1 while the worker takes nothing more")
        .register(meters);
    return new IntakeHealth(sources);
  }

  @Bean
  HeartbeatHealth heartbeatHealthIndicator(LeaseKeeper leases) {
    return new HeartbeatHealth(leases);
  }

  @Bean
  WorkerHealth workerHealthIndicator(TaskSources sources, Slots slots, WindrowStore store) {
    return new WorkerHealth(sources, slots, store.pool());
  }

  /** The engine is last: it takes whatever nobody else recognises, and refuses with a reason. */
  private static List<TaskExecutor> executors(
      WindrowStore store,
      WorkerProperties worker,
      ClusterProperties cluster,
      MeterRegistry meters) {
    List<TaskExecutor> enabled = new ArrayList<>();
    if (worker.executors().contains("noop")) {
      enabled.add(isolating(new NoopExecutor(), ArtifactSource.NONE, worker, cluster));
    }
    if (worker.executors().contains("process")) {
      enabled.add(new ProcessExecutor(worker.process(), cluster.data().roots(), store.artifacts()));
    }
    if (worker.executors().contains("native")) {
      ArtifactSource artifacts =
          new StoredArtifacts(store.pool(), store.artifacts(), StoreRetry.within(cluster.lease()));
      ResearchEngine engine = engine(worker, cluster);
      FeatureMetrics.register(engine.cache(), meters);
      NativeExecutor inside = new NativeExecutor(engine, artifacts);
      enabled.add(isolating(inside, artifacts, worker, cluster));
    }
    return enabled;
  }

  private static TaskExecutor isolating(
      TaskExecutor inside,
      ArtifactSource artifacts,
      WorkerProperties worker,
      ClusterProperties cluster) {
    return new IsolatingExecutor(
        inside,
        worker.isolation(),
        worker.threadsPerSlot(),
        worker.cache().files(),
        cluster.data().roots(),
        artifacts);
  }

  private static ResearchEngine engine(WorkerProperties worker, ClusterProperties cluster) {
    if (cluster.data().roots().isEmpty()) {
      throw new InvalidConfigurationPropertyValueException(
          "windrow.data.roots", "", "name the folders that hold market data");
    }
    EngineSettings settings =
        new EngineSettings(worker.threadsPerSlot(), worker.cache(), cluster.data().roots());
    try {
      return new ResearchEngine(settings);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationPropertyValueException(
          "windrow.worker.feature-files.folder",
          worker.featureFiles().folder(),
          String.valueOf(e.getMessage()));
    }
  }

  private static void slotGauge(
      MeterRegistry meters, String state, Slots slots, ToDoubleFunction<Slots> value) {
    Gauge.builder("windrow.worker.slots", slots, value)
        .description("Slots of this worker")
        .tag("state", state)
        .register(meters);
  }
}
