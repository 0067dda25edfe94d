package io.windrow.coordinator;

import io.windrow.coordinator.fleet.Fleet;
import io.windrow.coordinator.fleet.QueueBoard;
import io.windrow.store.WindrowStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Workers and queues, as people ask for them. */
@Configuration(proxyBeanMethods = false)
class FleetConfiguration {

  @Bean
  Fleet fleet(
      WindrowStore store,
      Clock clock,
      ClusterProperties cluster,
      CoordinatorProperties properties) {
    return new Fleet(
        store.workers(), clock, cluster.lease(), properties.workers().goneAfter(cluster.lease()));
  }

  @Bean
  QueueBoard queueBoard(WindrowStore store, Fleet fleet, Clock clock) {
    return new QueueBoard(store, fleet, clock);
  }
}
