package io.windrow.coordinator;

import static java.util.Objects.requireNonNull;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.workflow.MarketFolder;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A coordinator between a broker and a store of its own, on a market named {@code market}.
 *
 * @param tasks what is in the store, as another process sees it
 */
record RunningCoordinator(
    EmbeddedBroker broker,
    EmbeddedStore store,
    ConfigurableApplicationContext context,
    Api api,
    MongoClient client,
    WindrowStore tasks)
    implements AutoCloseable {

  static RunningCoordinator start(Path folder) {
    MarketFolder.create(folder, "market", NyseCalendar.days());
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
    EmbeddedStore store = EmbeddedStore.inMemory();
    ConfigurableApplicationContext context =
        CoordinatorApplication.start(
            "--server.port=0",
            "--spring.mongodb.uri=" + store.uri(),
            "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--windrow.data.roots=" + folder,
            "--logging.level.de.bwaldvogel=ERROR",
            "--logging.level.kafka=WARN");
    int port =
        requireNonNull(context.getEnvironment().getProperty("local.server.port", Integer.class));
    MongoClient client = MongoClients.create(store.uri());
    WindrowStore tasks =
        new WindrowStore(
            client, EmbeddedStore.DATABASE, StoreSettings.defaults(), Clock.systemUTC());
    return new RunningCoordinator(broker, store, context, new Api(port), client, tasks);
  }

  @Override
  public void close() {
    client.close();
    context.close();
    store.close();
    broker.close();
  }
}
