package io.windrow.cli.demo;

import io.windrow.cli.collection.ResultFolder;
import io.windrow.cli.terminal.Logging;
import io.windrow.cli.terminal.TemporaryFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windrow demo}: shows the whole thing in a minute. */
@Command(
    name = "demo",
    description = {
      "Runs a rolling experiment from data to report, with everything in one process.",
      "A real Kafka broker, a store that speaks MongoDB's protocol, a coordinator, workers and a"
          + " collector work through "
          + DemoWorkflow.EXAMPLE
          + " on a synthetic market, or on your"
          + " own data."
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Your own data instead: a folder of CSV files (see import-csv) or in Qlib's layout.")
  private @Nullable Path data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "windrow-demo",
      description = "Where the results go (default: ./${DEFAULT-VALUE}).")
  private Path out;

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
      description = "Windows each worker trains at once (default: ${DEFAULT-VALUE}).")
  private int slots;

  @Option(names = "--quick", description = "A much smaller synthetic market.")
  private boolean quick;

  @Option(
      names = "--keep",
      description = "Keep the market's data folder, in the folder of the results.")
  private boolean keep;

  DemoCommand() {}

  @Override
  public Integer call() {
    if (workers < 1 || slots < 1) {
      throw new ParameterException(spec.commandLine(), "--workers and --slots must be at least 1");
    }
    Logging.embedded();
    PrintWriter writer = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path target = out.toAbsolutePath().normalize();
    try (TemporaryFolder scratch = TemporaryFolder.create("windrow-demo").alsoAtEnd()) {
      Path made = (keep ? target : scratch.path()).resolve("data");
      // A person's own data is looked at first, since it may be at fault; the synthetic market is
      // drawn while the cluster starts.
      CompletableFuture<DemoData> market =
          data == null
              ? CompletableFuture.supplyAsync(() -> DemoData.synthetic(made, quick))
              : CompletableFuture.completedFuture(DemoData.own(data, made, err));
      ResultFolder.prepare(out);
      Path root = data == null ? made : market.join().folder();
      return new Demo(new Demo.Settings(root, scratch.path(), target, workers, slots), writer, err)
          .run(market);
    }
  }
}
