package io.windrow.collector;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.RecorderStore;
import io.windrow.message.MessageCodec;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.store.StoreClock;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import java.time.Clock;
import java.time.Duration;
import org.bson.Document;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Wires what the other roles share with the collector: stores and codec. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
  private static final String DEFAULT_DATABASE = "windrow";
  private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);

  @Bean
  Clock clock(MongoClient client, MongoProperties properties) {
    return StoreClock.of(client.getDatabase(database(properties)));
  }

  @Bean
  MessageCodec messageCodec() {
    return new MessageCodec();
  }

  @Bean
  WindrowStore windrowStore(MongoClient client, MongoProperties properties, Clock clock) {
    return new WindrowStore(client, database(properties), StoreSettings.defaults(), clock);
  }

  private static String database(MongoProperties properties) {
    String named = new ConnectionString(properties.determineUri()).getDatabase();
    return named == null ? DEFAULT_DATABASE : named;
  }

  @Bean
  MongoDatabase database(WindrowStore store) {
    return store.database();
  }

  @Bean
  TaskPool taskPool(WindrowStore store) {
    return store.pool();
  }

  @Bean
  SubmissionStore submissionStore(WindrowStore store) {
    return store.submissions();
  }

  @Bean
  RecorderStore recorderStore(WindrowStore store) {
    return store.recorders();
  }

  @Bean
  ArtifactStore artifactStore(WindrowStore store) {
    return store.artifacts();
  }

  /** Takes the place of Boot's own, whose {@code hello} not every server knows. */
  @Bean
  ReactiveHealthIndicator mongoHealthIndicator(MongoDatabase database) {
    return () ->
        Mono.from(database.runCommand(new Document("ping", 1)))
            .map(pong -> Health.up().build())
            .timeout(HEALTH_TIMEOUT)
            .onErrorResume(e -> Mono.just(Health.down(e).build()));
  }
}
