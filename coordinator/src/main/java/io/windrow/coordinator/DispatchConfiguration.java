package io.windrow.coordinator;

import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.coordinator.deadletter.DeadLetterBox;
import io.windrow.coordinator.dispatch.Announcer;
import io.windrow.coordinator.dispatch.BrokerMetrics;
import io.windrow.coordinator.dispatch.DependencyKeeper;
import io.windrow.coordinator.dispatch.DispatchMetrics;
import io.windrow.coordinator.dispatch.Dispatcher;
import io.windrow.coordinator.dispatch.FleetMetrics;
import io.windrow.coordinator.dispatch.Housekeeper;
import io.windrow.coordinator.dispatch.Leader;
import io.windrow.coordinator.dispatch.Loop;
import io.windrow.coordinator.dispatch.Loops;
import io.windrow.coordinator.dispatch.Outbox;
import io.windrow.coordinator.dispatch.OutboxMetrics;
import io.windrow.coordinator.dispatch.PauseKeeper;
import io.windrow.coordinator.dispatch.QueueLag;
import io.windrow.coordinator.dispatch.QueueMetrics;
import io.windrow.coordinator.dispatch.QueueTopics;
import io.windrow.coordinator.dispatch.Reaper;
import io.windrow.coordinator.dispatch.StageKeeper;
import io.windrow.coordinator.dispatch.WorkerKeeper;
import io.windrow.coordinator.fleet.Fleet;
import io.windrow.coordinator.fleet.Throughput;
import io.windrow.coordinator.submit.SubmissionMetrics;
import io.windrow.coordinator.submit.SubmissionService;
import io.windrow.coordinator.workflow.DefinitionCheck;
import io.windrow.coordinator.workflow.WorkflowParser;
import io.windrow.message.MessageCodec;
import io.windrow.message.TopicProperties;
import io.windrow.message.TopicSetup;
import io.windrow.meter.Freshness;
import io.windrow.meter.MetricsProperties;
import io.windrow.quant.data.DataRoots;
import io.windrow.store.WindrowStore;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.ProducerListener;

/** Submissions and the loops of the active coordinator. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicProperties.class)
class DispatchConfiguration {
  private static final Duration SWEEP = Duration.ofSeconds(2);
  private static final Duration DEPENDENCIES = Duration.ofSeconds(1);
  private static final Duration STAGES = Duration.ofSeconds(1);
  private static final Duration PAUSES = Duration.ofSeconds(1);
  private static final Duration WORKERS = Duration.ofSeconds(30);
  private static final Duration COUNT = Duration.ofSeconds(5);
  private static final Duration ASK_BROKER = Duration.ofSeconds(10);

  /** Given up then and begun anew: what is inserted already is not inserted again. */
  private static final Duration LONGEST_RESUMPTION = Duration.ofMinutes(10);

  @Bean
  Admin admin(KafkaAdmin kafka) {
    return Admin.create(kafka.getConfigurationProperties());
  }

  /** The announcer says once what the broker did not take; this would say it for each record. */
  @Bean
  ProducerListener<Object, Object> silentProducerListener() {
    return new ProducerListener<>() {};
  }

  @Bean
  Announcer announcer(KafkaOperations<byte[], byte[]> kafka, CoordinatorProperties properties) {
    return new Announcer(kafka, new MessageCodec(), properties.brokerTimeout());
  }

  @Bean
  DeadLetterBox deadLetterBox(
      KafkaAdmin broker, KafkaOperations<byte[], byte[]> kafka, CoordinatorProperties properties) {
    return new DeadLetterBox(
        broker.getConfigurationProperties(), kafka, properties.brokerTimeout());
  }

  @Bean
  QueueTopics queueTopics(Admin admin, ClusterProperties cluster, TopicProperties settings) {
    QueueTopics topics =
        new QueueTopics(new TopicSetup(admin, settings.replication(), cluster.lease()));
    topics.prepare();
    return topics;
  }

  @Bean
  Leader leader(WindrowStore store, CoordinatorProperties properties) {
    String process = ManagementFactory.getRuntimeMXBean().getName();
    String holder = process + "-" + UUID.randomUUID().toString().substring(0, 8);
    return new Leader(store.leadership(), holder, properties.leaderLease(), System::nanoTime);
  }

  @Bean
  QueueLag queueLag(Admin admin, CoordinatorProperties properties) {
    return new QueueLag(admin, properties.brokerTimeout());
  }

  @Bean
  DispatchMetrics dispatchMetrics(Leader leader, MeterRegistry meters) {
    DispatchMetrics.watch(leader, meters);
    return new DispatchMetrics(meters);
  }

  @Bean
  Loop dispatchLoop(
      Leader leader,
      WindrowStore store,
      Announcer announcer,
      QueueTopics topics,
      QueueLag lag,
      DispatchMetrics metrics,
      CoordinatorProperties properties) {
    CoordinatorProperties.Dispatch dispatch = properties.dispatch();
    Dispatcher dispatcher =
        new Dispatcher(
            store.pool(),
            announcer,
            topics,
            lag,
            metrics,
            dispatch.window(),
            leader::active,
            dispatch.reannounceAfter(),
            properties.storeTimeout());
    return new Loop("dispatch", dispatcher, leader::active, dispatch.pause());
  }

  @Bean
  DefinitionCheck definitionCheck(ClusterProperties cluster) {
    return new DefinitionCheck(new DataRoots(cluster.data().roots()));
  }

  @Bean
  SubmissionService submissionService(
      WindrowStore store,
      Loop dispatchLoop,
      Clock clock,
      ClusterProperties cluster,
      CoordinatorProperties properties,
      MeterRegistry meters) {
    SubmissionMetrics metrics = new SubmissionMetrics(meters);
    return new SubmissionService(
        new WorkflowParser(new DataRoots(cluster.data().roots())),
        store.submissions(),
        store.pool(),
        store.recorders(),
        store.artifacts(),
        properties.maxTasks(),
        clock,
        receipt -> {
          metrics.count(receipt);
          dispatchLoop.wake();
        });
  }

  /** What is counted for the gauges. */
  record Measures(
      QueueMetrics tasks, FleetMetrics fleet, OutboxMetrics outbox, BrokerMetrics broker) {}

  @Bean
  Measures measures(
      Leader leader,
      WindrowStore store,
      QueueLag lag,
      DeadLetterBox deadLetters,
      Fleet fleet,
      Throughput throughput,
      DispatchMetrics dispatch,
      MeterRegistry meters,
      Clock clock,
      MetricsProperties settings,
      CoordinatorProperties properties) {
    Duration timeout = properties.storeTimeout();
    return new Measures(
        new QueueMetrics(
            store.pool(),
            store.submissions(),
            store.limits(),
            store.queueLimits(),
            fleet,
            clock,
            timeout,
            throughput,
            settings.pools(),
            freshness(),
            meters),
        new FleetMetrics(fleet, dispatch, timeout, freshness(), meters),
        new OutboxMetrics(store.pool(), clock, timeout, freshness(), meters),
        new BrokerMetrics(dispatch, lag, deadLetters, leader::active, freshness(), meters));
  }

  private static Freshness freshness() {
    return new Freshness(System::nanoTime);
  }

  @Bean
  Loops loops(
      Leader leader,
      Loop dispatchLoop,
      WindrowStore store,
      Announcer announcer,
      QueueTopics topics,
      SubmissionService submissions,
      Measures measures,
      DispatchMetrics dispatchMetrics,
      MeterRegistry meters,
      ClusterProperties cluster,
      CoordinatorProperties properties) {
    Duration timeout = properties.storeTimeout();
    Reaper reaper =
        new Reaper(
            store.pool(),
            leader::active,
            cluster.lease(),
            timeout,
            dispatchMetrics,
            dispatchLoop::wake);
    Outbox outbox =
        new Outbox(
            store.pool(),
            store.attemptRecorders(),
            announcer,
            topics,
            leader::active,
            properties.publishAfter(),
            timeout);
    PauseKeeper pauses = new PauseKeeper(store.pool(), store.limits(), timeout);
    DependencyKeeper dependencies = new DependencyKeeper(store.pool(), timeout, dispatchLoop::wake);
    StageKeeper stages = new StageKeeper(store.pool(), timeout, dispatchLoop::wake);
    CoordinatorProperties.Housekeeping keeping = properties.housekeeping();
    Housekeeper housekeeper =
        new Housekeeper(store.housekeeping(), keeping.grace(), keeping.every(), meters);
    WorkerKeeper workers =
        new WorkerKeeper(
            store.workers(), properties.workers().forgetAfter(cluster.lease()), timeout);
    Duration renewal = properties.leaderLease().dividedBy(4);
    return new Loops(
        List.of(
            new Loop("leader", leader, () -> true, renewal),
            dispatchLoop,
            new Loop("reaper", reaper, leader::active, cluster.lease().dividedBy(5)),
            new Loop("dependencies", dependencies, leader::active, DEPENDENCIES),
            new Loop("stages", stages, leader::active, STAGES),
            new Loop("pauses", pauses, leader::active, PAUSES),
            new Loop("outbox", outbox, leader::active, SWEEP),
            new Loop(
                "submissions",
                () -> {
                  submissions
                      .resume(properties.resumeAfter())
                      .takeUntil(resumed -> !leader.active())
                      .then()
                      .block(LONGEST_RESUMPTION);
                  return false;
                },
                leader::active,
                properties.resumeAfter()),
            new Loop("housekeeping", housekeeper, leader::active, keeping.every()),
            new Loop("workers", workers, leader::active, WORKERS),
            new Loop("metrics", measures.tasks(), () -> true, COUNT),
            new Loop("fleet-metrics", measures.fleet(), () -> true, COUNT),
            new Loop("outbox-metrics", measures.outbox(), () -> true, COUNT),
            new Loop("broker-metrics", measures.broker(), () -> true, ASK_BROKER)),
        leader);
  }
}
