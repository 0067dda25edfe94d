package io.windrow.collector.collect;

import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.collector.CollectorProperties;
import io.windrow.collector.intake.CollectedStore;
import io.windrow.experiment.ArtifactStore;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.IntervalTask;

/** Wires the collection. */
@Configuration(proxyBeanMethods = false)
class CollectConfiguration {

  @Bean
  CollectionService collectionService(
      SubmissionStore submissions,
      TaskPool pool,
      CollectedStore collected,
      ArtifactStore artifacts,
      CollectorProperties properties) {
    ArtifactReader reader = new ArtifactReader(artifacts, properties.parallelFetches());
    return new CollectionService(
        submissions, pool, collected, new SeriesCache(reader, properties.seriesCache()));
  }

  @Bean
  FoldAhead foldAhead(
      CollectionService collections, CollectorProperties properties, MeterRegistry meters) {
    return new FoldAhead(collections, properties.storeTimeout(), meters);
  }

  @Bean
  SchedulingConfigurer foldRounds(FoldAhead ahead, CollectorProperties properties) {
    return tasks ->
        tasks.addFixedDelayTask(
            new IntervalTask(ahead::run, properties.foldEvery(), properties.foldEvery()));
  }
}
