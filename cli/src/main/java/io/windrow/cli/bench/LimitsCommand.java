package io.windrow.cli.bench;

import static io.windrow.cli.bench.BenchOutput.line;

import io.windrow.cli.bench.LimitsBench.Servers;
import io.windrow.cli.terminal.Logging;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.UserError;
import io.windrow.startup.Reachability;
import io.windrow.startup.UnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windrow bench limits}. */
@Command(
    name = "limits",
    description = {
      "Measures what workers share, each kind of call alone, on the embedded store (in memory) and"
          + " broker or on your own: renewals of leases, beats of workers, artifacts, outcomes, counts"
          + " of a pool, and announcements taken from a queue.",
      "Prints calls a second and what they carried: docs/scaling.md reckons with these."
    })
public final class LimitsCommand implements Callable<Integer> {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int MOST_SECONDS = 600;
  private static final int MOST_TASKS = 1_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How long each kind of call is repeated, 1 to 600 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Tasks in the pool that is counted, 1000 to 1000000 (default: ${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--mongodb",
      paramLabel = "URI",
      description =
          "Measure this store, in a database of its own that is dropped at the end, instead of the"
              + " embedded one.")
  private @Nullable String mongodb;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description =
          "Measure this broker, with topics of its own that are deleted at the end, instead of the"
              + " embedded one. It must let clients in without TLS and passwords.")
  private @Nullable String kafka;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  LimitsCommand() {}

  @Override
  public Integer call() {
    if (seconds < 1 || seconds > MOST_SECONDS || tasks < 1000 || tasks > MOST_TASKS) {
      throw new ParameterException(
          spec.commandLine(),
          "--seconds must be 1 to %d, --tasks 1000 to %d".formatted(MOST_SECONDS, MOST_TASKS));
    }
    Logging.embedded();
    requireServers();
    LimitsBenchResult result;
    try (Progress progress = Progress.of("bench", spec.commandLine().getErr())) {
      result =
          LimitsBench.run(
              new Servers(mongodb, kafka), Duration.ofSeconds(seconds), tasks, progress);
    }
    String lines =
        result.limits().stream()
            .map(
                limit ->
                    line(
                        "%-19s %-21s %,9.1f calls/s %,13.0f %s/s",
                        limit.what(),
                        limit.size(),
                        limit.callsPerSecond(),
                        limit.perSecond(),
                        limit.unit()))
            .collect(Collectors.joining(System.lineSeparator()));
    BenchOutput.print(spec.commandLine().getOut(), json, result, lines);
    return 0;
  }

  /** Both, before minutes go into the first. */
  private void requireServers() {
    try {
      if (mongodb != null) {
        Reachability.requireStore(mongodb, ANSWER);
      }
      if (kafka != null) {
        Reachability.requireBroker(kafka, ANSWER);
      }
    } catch (UnreachableException e) {
      throw new UserError(
          List.of(
              String.valueOf(e.getMessage()),
              "See that it runs, and that --mongodb and --kafka are the addresses."));
    }
  }
}
