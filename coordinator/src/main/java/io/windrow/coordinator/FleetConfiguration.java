package io.windrow.coordinator;

import io.windrow.coordinator.doctor.Doctor;
import io.windrow.coordinator.events.EventHub;
import io.windrow.coordinator.fleet.Fleet;
import io.windrow.coordinator.fleet.QueueBoard;
import io.windrow.coordinator.fleet.Throughput;
import io.windrow.startup.ProgramVersion;
import io.windrow.store.StoreClock;
import io.windrow.store.WindrowStore;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Workers and queues, as people ask for them. */
@Configuration(proxyBeanMethods = false)
class FleetConfiguration {
  /** Between two looks at what changed, while somebody listens. */
  private static final Duration LOOK = Duration.ofSeconds(1);

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

  @Bean
  Throughput throughput(Clock clock) {
    return new Throughput(clock);
  }

  @Bean
  Doctor doctor(
      Fleet fleet, QueueBoard board, Admin admin, Clock clock, ClusterProperties cluster) {
    Supplier<Duration> ahead =
        clock instanceof StoreClock store ? store::aheadOfMachine : () -> Duration.ZERO;
    return new Doctor(
        fleet,
        board,
        admin,
        clock,
        ahead,
        cluster.data().roots(),
        ProgramVersion.of(FleetConfiguration.class));
  }

  @Bean
  EventHub eventHub(WindrowStore store, Fleet fleet, Clock clock) {
    return new EventHub(
        store.changes(),
        Mono.defer(() -> store.pool().stat()),
        fleet.list().collectList(),
        clock,
        LOOK);
  }
}
