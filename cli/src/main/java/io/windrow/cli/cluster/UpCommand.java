package io.windrow.cli.cluster;

import io.windrow.cli.cluster.LocalCluster.Plan;
import io.windrow.cli.cluster.LocalCluster.Ports;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Logging;
import io.windrow.cli.terminal.Staying;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.cli.terminal.UserError;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windrow up}: the whole cluster, until it is stopped. */
@Command(
    name = "up",
    description =
        "Runs the whole cluster in one process, on this machine only, until Ctrl-C or SIGTERM.")
public final class UpCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "${env:WINDROW_DATA_DIR}",
      description =
          "Keeps tasks, results and computed features there (WINDROW_DATA_DIR). Without it they are"
              + " gone at the end.")
  private @Nullable Path dataDir;

  @Option(
      names = "--data-root",
      paramLabel = "DIR",
      split = ",",
      defaultValue = "${env:WINDROW_DATA_ROOT:-${sys:user.home}/windrow-data}",
      description =
          "A folder that market data may come from: a workflow's provider_uri must lie below it"
              + " (WINDROW_DATA_ROOT; may be repeated; default: ${DEFAULT-VALUE}).")
  private List<Path> dataRoots = List.of();

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Workers (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "2",
      description = "Tasks each worker runs at once (default: ${DEFAULT-VALUE}).")
  private int slots;

  @Option(
      names = "--coordinator-port",
      paramLabel = "PORT",
      defaultValue = "8470",
      description = "Default: ${DEFAULT-VALUE}; 0 takes any free port, as for the others.")
  private int coordinatorPort;

  @Option(
      names = "--collector-port",
      paramLabel = "PORT",
      defaultValue = "8471",
      description = "Default: ${DEFAULT-VALUE}.")
  private int collectorPort;

  @Option(
      names = "--worker-port",
      paramLabel = "PORT",
      defaultValue = "8472",
      description = "Health and metrics of the first worker (default: ${DEFAULT-VALUE}).")
  private int workerPort;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Default: any free one.")
  private int kafkaPort;

  @Option(
      names = "--mongodb-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Default: any free one.")
  private int mongodbPort;

  UpCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (workers < 1 || slots < 1) {
      throw new ParameterException(spec.commandLine(), "--workers and --slots must be at least 1");
    }
    for (int port :
        new int[] {coordinatorPort, collectorPort, workerPort, kafkaPort, mongodbPort}) {
      if (port < 0 || port > MAX_PORT) {
        throw new ParameterException(
            spec.commandLine(), "a port is a number from 0 to " + MAX_PORT + ", not " + port);
      }
    }
    requireRoots();
    Logging.service();
    Logging.embedded();
    long begin = System.nanoTime();
    try (Staying staying = new Staying();
        TemporaryFolder scratch = TemporaryFolder.create("windrow-up");
        LocalCluster cluster = LocalCluster.start(plan(scratch.path()))) {
      print(cluster, (System.nanoTime() - begin) / 1e9);
      staying.untilStopped();
    }
    return 0;
  }

  /** The default root may come later; one that was named must be there. */
  private void requireRoots() {
    if (!spec.commandLine().getParseResult().hasMatchedOption("--data-root")) {
      return;
    }
    for (Path root : dataRoots) {
      if (!Files.isDirectory(root)) {
        throw new UserError("--data-root: there is no folder " + root);
      }
    }
  }

  private Plan plan(Path scratch) {
    return new Plan(
        dataDir == null ? scratch : dataDir,
        dataDir != null,
        dataRoots,
        workers,
        slots,
        new Ports(mongodbPort, kafkaPort, coordinatorPort, collectorPort, workerPort));
  }

  private void print(LocalCluster cluster, double seconds) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("console      " + cluster.coordinator() + "/");
    out.println("coordinator  " + cluster.coordinator());
    out.println("collector    " + cluster.collector());
    for (String worker : cluster.workers()) {
      out.println("worker       " + worker + "  (" + slots + " slots; health and metrics)");
    }
    out.println("kafka        " + cluster.kafka());
    out.println("mongodb      " + cluster.mongodb());
    for (Path root : dataRoots) {
      out.println(
          "data root    "
              + root.toAbsolutePath().normalize()
              + (Files.isDirectory(root) ? "" : "  (not there yet)"));
    }
    out.println("security     off: only this machine can connect, and everybody on it may do all");
    out.println("kept in      " + (dataDir == null ? "memory: see --data-dir" : dataDir));
    out.println("Windrow is up after " + Figures.seconds(seconds) + ". Ctrl-C stops it.");
    out.flush();
  }
}
