package io.windrow.collector.collect;

import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.collector.CollectorProperties;
import io.windrow.collector.DataProperties;
import io.windrow.collector.intake.CollectedStore;
import io.windrow.experiment.ArtifactStore;
import io.windrow.meter.MetricsProperties;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.quant.data.DataRoots;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** Wires the collection. */
@Configuration(proxyBeanMethods = false)
class CollectConfiguration {
  private static final int BACKTESTS_PART = 4;
  private static final Duration COUNT = Duration.ofSeconds(5);

  @Bean
  CollectionService collectionService(
      SubmissionStore submissions,
      TaskPool pool,
      CollectedStore collected,
      ArtifactStore artifacts,
      CollectorProperties properties,
      DataProperties data) {
    ArtifactReader reader = new ArtifactReader(artifacts, properties.parallelFetches());
    long memory = properties.seriesCache().toBytes();
    long forBacktests = memory / BACKTESTS_PART;
    return new CollectionService(
        submissions,
        pool,
        collected,
        new SeriesCache(reader, DataSize.ofBytes(memory - forBacktests)),
        new BacktestCache(new DataRoots(data.roots()), DataSize.ofBytes(forBacktests)));
  }

  @Bean
  FoldAhead foldAhead(
      CollectionService collections, CollectorProperties properties, MeterRegistry meters) {
    return new FoldAhead(collections, properties.storeTimeout(), meters);
  }

  @Bean
  ResearchMetrics researchMetrics(
      TaskPool pool,
      SubmissionStore submissions,
      CollectedStore collected,
      MetricsProperties settings,
      CollectorProperties properties,
      MeterRegistry meters) {
    return new ResearchMetrics(
        pool,
        submissions,
        Mono.defer(collected::done),
        settings.pools(),
        properties.storeTimeout(),
        meters);
  }

  @Bean
  SchedulingConfigurer foldRounds(
      FoldAhead ahead, ResearchMetrics metrics, CollectorProperties properties) {
    return tasks -> {
      tasks.addFixedDelayTask(
          new IntervalTask(ahead::run, properties.foldEvery(), properties.foldEvery()));
      tasks.addFixedDelayTask(new IntervalTask(metrics::run, COUNT, Duration.ZERO));
    };
  }
}
