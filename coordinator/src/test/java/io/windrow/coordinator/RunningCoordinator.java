package io.windrow.coordinator;

import static java.util.Objects.requireNonNull;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.workflow.MarketFolder;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;

/** A coordinator between a broker and a store of its own, on a market named {@code market}. */
record RunningCoordinator(
    EmbeddedBroker broker, EmbeddedStore store, ConfigurableApplicationContext context, Api api)
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
    return new RunningCoordinator(broker, store, context, new Api(port));
  }

  @Override
  public void close() {
    context.close();
    store.close();
    broker.close();
  }
}
