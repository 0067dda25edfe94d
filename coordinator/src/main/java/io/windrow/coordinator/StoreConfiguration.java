package io.windrow.coordinator;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskPool;
import io.windrow.store.StoreClock;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.util.retry.Retry;

/** The store and what the coordinator uses of it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
  private static final String DEFAULT_DATABASE = "windrow";

  @Bean
  Clock clock(MongoClient client, MongoProperties mongo) {
    return StoreClock.of(client.getDatabase(database(mongo)));
  }

  @Bean
  WindrowStore store(MongoClient client, MongoProperties mongo, Clock clock) {
    WindrowStore store = new WindrowStore(client, database(mongo), StoreSettings.defaults(), clock);
    // The store may go away again just after it was found to be there.
    store
        .createIndexes()
        .retryWhen(Retry.backoff(120, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(1)))
        .block();
    return store;
  }

  private static String database(MongoProperties mongo) {
    String named = new ConnectionString(mongo.determineUri()).getDatabase();
    return named == null ? DEFAULT_DATABASE : named;
  }

  @Bean
  StoreHealth storeHealth(WindrowStore store) {
    return new StoreHealth(store);
  }

  @Bean
  TaskPool taskPool(WindrowStore store) {
    return store.pool();
  }

  @Bean
  TaskManager taskManager(WindrowStore store) {
    return store.manager();
  }

  @Bean
  SubmissionStore submissionStore(WindrowStore store) {
    return store.submissions();
  }
}
