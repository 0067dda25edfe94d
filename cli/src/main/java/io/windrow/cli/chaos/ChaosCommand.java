package io.windrow.cli.chaos;

import io.windrow.cli.Windrow;
import io.windrow.cli.terminal.Json;
import io.windrow.cli.terminal.Logging;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windrow chaos}: whether the cluster keeps its promises under faults. */
@Command(
    name = "chaos",
    description = {
      "Runs a cluster of processes on this machine under a load of short tasks, kills, stops,"
          + " restarts and cuts off its parts, and checks that nothing was lost or done twice.",
      "Half the time one fault at a time, to measure recovery; then one after another, drawn by"
          + " lot. Broker and store are the embedded ones and keep their data in files."
    },
    exitCodeList = {
      "0:nothing was lost, nothing done twice, every guarantee held",
      "1:a guarantee was broken, or the cluster did not start",
      "2:wrong usage: an option or argument"
    })
public final class ChaosCommand implements Callable<Integer> {
  private static final String RECORD = "history.json";

  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How long there are faults, 0.5 for half a minute (default: ${DEFAULT-VALUE}); at least"
              + " one of each that is measured.")
  private double minutes;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "4",
      description = "Workers of two slots each, 2 to 64 (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of faults and tasks: the same seed draws the same ones (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How often there is a fault (default: ${DEFAULT-VALUE}).")
  private double every;

  @Option(
      names = "--lease",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "How long a claim lives without a heartbeat (default: ${DEFAULT-VALUE}).")
  private double lease;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "An empty folder that keeps record, logs and data. Without it they are kept only if a"
              + " guarantee was broken.")
  private @Nullable Path keep;

  @Option(
      names = "--unfenced",
      description =
          "Switches fencing off in the workers, to see that the check notices: it must fail.")
  private boolean unfenced;

  @Option(names = "--json", description = "Print JSON, the record of the run included.")
  private boolean json;

  ChaosCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    ChaosPlan plan = plan();
    Logging.embedded();
    Path folder = folder();
    ChaosResult result;
    try (Progress progress = Progress.of("chaos", spec.commandLine().getErr());
        ChaosRun run = new ChaosRun(plan, program(), folder, progress)) {
      Thread hook = new Thread(() -> abandon(run, folder), "windrow-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      result = run.run();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    write(result, folder);
    print(result, folder);
    return result.held() ? 0 : 1;
  }

  /** Ctrl-C. */
  private void abandon(ChaosRun run, Path folder) {
    run.close();
    if (keep == null) {
      delete(folder);
    }
  }

  private ChaosPlan plan() {
    try {
      return new ChaosPlan(
          Duration.ofMillis(Math.round(minutes * 60_000)),
          workers,
          seed,
          Duration.ofMillis(Math.round(every * 1000)),
          Duration.ofMillis(Math.round(lease * 1000)),
          unfenced);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** The jar this runs from, which the processes run from, too. */
  private static Path program() {
    try {
      Path jar = Path.of(Windrow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        return jar;
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    throw new UserError("chaos starts other processes from the packaged command: use ./windrow");
  }

  private Path folder() {
    try {
      if (keep == null) {
        return Files.createTempDirectory("windrow-chaos-");
      }
      Files.createDirectories(keep);
      try (var files = Files.list(keep)) {
        if (files.findAny().isPresent()) {
          throw new UserError(keep + " is not empty: name another folder with --keep");
        }
      }
      return keep.toAbsolutePath();
    } catch (IOException e) {
      throw new UserError("cannot use the folder for the record: " + e.getMessage());
    }
  }

  private static void write(ChaosResult result, Path folder) {
    try (PrintWriter file =
        new PrintWriter(Files.newBufferedWriter(folder.resolve(RECORD), StandardCharsets.UTF_8))) {
      Json.print(file, result);
    } catch (IOException e) {
      throw new UserError("cannot write the record to " + folder + ": " + e.getMessage());
    }
  }

  private void print(ChaosResult result, Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(out, result);
    } else {
      Report.lines(result).forEach(out::println);
    }
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    if (keep != null || !result.held()) {
      List.of("record: " + folder.resolve(RECORD), "logs: " + folder.resolve("logs"))
          .forEach(err::println);
      err.flush();
      return;
    }
    delete(folder);
  }

  private void delete(Path folder) {
    try {
      TemporaryFolder.delete(folder);
    } catch (IOException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("windrow: left behind: " + folder);
      err.flush();
    }
  }
}
