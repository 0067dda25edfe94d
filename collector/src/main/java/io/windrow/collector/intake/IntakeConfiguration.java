package io.windrow.collector.intake;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.collector.CollectorProperties;
import io.windrow.message.MessageCodec;
import io.windrow.message.TopicProperties;
import io.windrow.message.TopicSetup;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.util.backoff.ExponentialBackOff;

/** Wires the intake: a batch listener, its dead letters, the reconciler and the lag probe. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicProperties.class)
@EnableScheduling
class IntakeConfiguration {
  static final String CONTAINER_FACTORY = "resultsContainerFactory";

  /** Only share groups have record locks, and results are read by a classic group. */
  private static final Duration RECORD_LOCK_UNUSED = Duration.ofSeconds(15);

  @Bean
  CollectedStore collectedStore(MongoDatabase database, CollectorProperties properties) {
    CollectedStore store = new CollectedStore(database);
    store.createIndexes().block(properties.storeTimeout());
    return store;
  }

  @Bean
  IntakeMetrics intakeMetrics(MeterRegistry registry) {
    return new IntakeMetrics(registry);
  }

  @Bean
  ResultListener resultListener(
      MessageCodec codec,
      CollectedStore store,
      KafkaOperations<byte[], byte[]> kafka,
      Arrivals arrivals,
      IntakeMetrics metrics,
      Clock clock,
      Traces traces,
      CollectorProperties properties) {
    DeadLetters deadLetters = new DeadLetters(kafka, properties.storeTimeout());
    return new ResultListener(
        codec, store, deadLetters, arrivals, metrics, clock, traces, properties.storeTimeout());
  }

  /** A batch is repeated, with growing pauses, until it is stored: dropping one is no choice. */
  @Bean(CONTAINER_FACTORY)
  ConcurrentKafkaListenerContainerFactory<byte[], byte[]> resultsContainerFactory(
      ConsumerFactory<Object, Object> connection,
      CollectorProperties properties,
      MeterRegistry registry) {
    Map<String, Object> settings = new HashMap<>(connection.getConfigurationProperties());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, properties.group());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.batch());
    ExponentialBackOff backOff = new ExponentialBackOff();
    backOff.setInitialInterval(Math.min(200, properties.retryUpTo().toMillis()));
    backOff.setMaxInterval(properties.retryUpTo().toMillis());
    DefaultKafkaConsumerFactory<byte[], byte[]> consumers =
        new DefaultKafkaConsumerFactory<>(
            settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumers.addListener(new MicrometerConsumerListener<>(registry));
    ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory =
        new ConcurrentKafkaListenerContainerFactory<>();
    factory.setConsumerFactory(consumers);
    factory.setBatchListener(true);
    factory.setCommonErrorHandler(new DefaultErrorHandler(backOff));
    return factory;
  }

  @Bean
  Reconciler reconciler(
      SubmissionStore submissions,
      TaskPool pool,
      CollectedStore store,
      Arrivals arrivals,
      IntakeMetrics metrics,
      Clock clock) {
    return new Reconciler(submissions, pool, store, arrivals, metrics, clock);
  }

  @Bean(destroyMethod = "close")
  Admin resultsAdmin(KafkaAdmin kafka) {
    return Admin.create(kafka.getConfigurationProperties());
  }

  /** Runs before any listener starts. */
  @Bean
  InitializingBean resultTopics(Admin resultsAdmin, TopicProperties settings) {
    TopicSetup topics = new TopicSetup(resultsAdmin, settings.replication(), RECORD_LOCK_UNUSED);
    return () -> {
      topics.results();
      topics.deadLetter();
    };
  }

  @Bean
  LagProbe lagProbe(Admin resultsAdmin, IntakeMetrics metrics, CollectorProperties properties) {
    return new LagProbe(resultsAdmin, properties.group(), metrics, properties.storeTimeout());
  }

  @Bean
  SchedulingConfigurer rounds(Reconciler reconciler, LagProbe lag, CollectorProperties properties) {
    return tasks -> {
      tasks.addFixedDelayTask(
          new IntervalTask(reconciler::run, properties.reconcileEvery(), Duration.ZERO));
      tasks.addFixedDelayTask(new IntervalTask(lag::run, properties.lagEvery(), Duration.ZERO));
    };
  }
}
