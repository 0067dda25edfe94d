package io.windrow.collector.experiment;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Experiments;
import io.windrow.experiment.RecorderStore;
import io.windrow.experiment.Recording;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the experiments. */
@Configuration(proxyBeanMethods = false)
class ExperimentConfiguration {

  @Bean
  Experiments experiments(
      MongoDatabase database, RecorderStore recorders, ArtifactStore artifacts, Clock clock) {
    return new Experiments(database, recorders, artifacts, clock);
  }

  @Bean
  Recording recording(RecorderStore recorders, ArtifactStore artifacts) {
    return new Recording(recorders, artifacts);
  }
}
