package io.windrow.collector;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.GridFsArtifactStore;
import io.windrow.message.MessageCodec;
import java.time.Clock;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what the other roles share with the collector: stores and codec. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
  private static final String DEFAULT_DATABASE = "windrow";

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  MessageCodec messageCodec() {
    return new MessageCodec();
  }

  @Bean
  MongoDatabase database(MongoClient client, MongoProperties properties) {
    String named = new ConnectionString(properties.determineUri()).getDatabase();
    return client.getDatabase(named == null ? DEFAULT_DATABASE : named);
  }

  @Bean
  ArtifactStore artifactStore(MongoDatabase database) {
    return new GridFsArtifactStore(database);
  }
}
