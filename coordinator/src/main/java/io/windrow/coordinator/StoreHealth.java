package io.windrow.coordinator;

import io.windrow.store.WindrowStore;
import java.time.Duration;
import org.bson.Document;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether the store answers. Boot's own indicator asks with a command the embedded one lacks. */
final class StoreHealth implements ReactiveHealthIndicator {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final WindrowStore store;

  StoreHealth(WindrowStore store) {
    this.store = store;
  }

  @Override
  public Mono<Health> health() {
    return Mono.from(store.database().runCommand(new Document("ping", 1)))
        .timeout(PATIENCE)
        .thenReturn(Health.up().build())
        .onErrorResume(e -> Mono.just(Health.down(e).build()));
  }
}
