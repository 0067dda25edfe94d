package io.windrow.cli.role;

import io.windrow.cli.cluster.StartFailure;
import io.windrow.cli.terminal.Logging;
import io.windrow.cli.terminal.Staying;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code windrow services}: the broker and the store alone. */
@Command(
    name = "services",
    description = {
      "Runs only the embedded broker and store, on this machine only, until Ctrl-C or SIGTERM.",
      "For trying out the roles as separate processes; not for production."
    })
public final class ServicesCommand implements Callable<Integer> {
  /** One of the two servers. */
  enum Server {
    BROKER,
    STORE
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--only",
      paramLabel = "SERVER",
      description = "Only one of them: broker or store.")
  private @Nullable Server only;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keeps everything there. Without it all is gone at the end.")
  private @Nullable Path dataDir;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Default: ${DEFAULT-VALUE}; 0 takes any free port.")
  private int kafkaPort;

  @Option(
      names = "--mongodb-port",
      paramLabel = "PORT",
      defaultValue = "27017",
      description = "Default: ${DEFAULT-VALUE}; 0 takes any free port.")
  private int mongodbPort;

  @Option(
      names = "--kafka-advertised-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "Where clients are told to connect to: a proxy before the broker. Default: none.")
  private int advertisedPort;

  ServicesCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Logging.embedded();
    try (Staying staying = new Staying();
        TemporaryFolder scratch = TemporaryFolder.create("windrow-services");
        EmbeddedStore store = only == Server.BROKER ? null : store();
        EmbeddedBroker broker = only == Server.STORE ? null : broker(scratch)) {
      PrintWriter out = spec.commandLine().getOut();
      if (store != null) {
        out.println("mongodb " + store.uri());
      }
      if (broker != null) {
        out.println("kafka " + broker.bootstrapServers());
      }
      out.flush();
      staying.untilStopped();
    } catch (RuntimeException e) {
      throw StartFailure.explain("services", "--kafka-port or --mongodb-port", e);
    }
    return 0;
  }

  private EmbeddedStore store() {
    return dataDir == null
        ? EmbeddedStore.inMemory(mongodbPort)
        : EmbeddedStore.persistent(dataDir.resolve("store"), mongodbPort);
  }

  private EmbeddedBroker broker(TemporaryFolder scratch) {
    return EmbeddedBroker.start(
        (dataDir == null ? scratch.path() : dataDir).resolve("broker"), kafkaPort, advertisedPort);
  }
}
