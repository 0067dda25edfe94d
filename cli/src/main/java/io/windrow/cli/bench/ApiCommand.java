package io.windrow.cli.bench;

import static io.windrow.cli.bench.BenchOutput.line;

import io.windrow.cli.terminal.Logging;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.Staying;
import io.windrow.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windrow bench api}. */
@Command(
    name = "api",
    description = {
      "Fills the store of a cluster in this JVM with tasks, as a cluster at work has them, and asks"
          + " each address of the API that only looks, over HTTP.",
      "Prints p50, p95, the longest answer and its bytes, and what a listener of the events costs."
          + " Exit code 1 if a p95 is over 200 ms."
    })
public final class ApiCommand implements Callable<Integer> {
  private static final int MOST_TASKS = 1_000_000;
  private static final int MOST_RUNS = 10_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Tasks in the store, from 100 (default: ${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "50",
      description = "How often each address is asked (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--stay",
      description = "Then keep the cluster, to see its console with so many tasks, until Ctrl-C.")
  private boolean stay;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ApiCommand() {}

  @Override
  public Integer call() {
    if (tasks < 100 || tasks > MOST_TASKS || runs < 1 || runs > MOST_RUNS) {
      throw new ParameterException(
          spec.commandLine(),
          "--tasks must be 100 to %d and --runs 1 to %d".formatted(MOST_TASKS, MOST_RUNS));
    }
    Logging.embedded();
    ApiBenchResult result;
    try (Staying staying = stay ? new Staying() : null;
        Progress progress = Progress.of("bench", spec.commandLine().getErr())) {
      result = ApiBench.run(tasks, runs, progress, (seen, console) -> tell(seen, console, staying));
    }
    return result.over().isEmpty() ? 0 : 1;
  }

  private void tell(ApiBenchResult result, String console, @Nullable Staying staying) {
    BenchOutput.print(spec.commandLine().getOut(), json, result, lines(result));
    if (staying == null) {
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("windrow: the console of this cluster is at " + console + " until Ctrl-C");
    err.flush();
    try {
      staying.untilStopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String lines(ApiBenchResult result) {
    Table table =
        new Table()
            .left("address")
            .right("runs")
            .right("p50")
            .right("p95")
            .right("max")
            .right("processor")
            .right("bytes");
    for (ApiBenchResult.Endpoint one : result.endpoints()) {
      table.row(
          one.name(),
          Integer.toString(one.runs()),
          line("%.1f ms", one.p50Millis()),
          line("%.1f ms", one.p95Millis()),
          line("%.1f ms", one.maxMillis()),
          line("%.1f ms", one.processorMillis()),
          line("%,d", one.bytes()));
    }
    List<String> lines = new ArrayList<>(table.lines());
    ApiBenchResult.Listening listening = result.listening();
    lines.add(
        line(
            "a page of 100 tasks while %.0f tasks change in a second: p95 %.1f ms, %.2f cores busy;"
                + " with a listener of the events p95 %.1f ms, %.2f cores",
            listening.changesPerSecond(),
            listening.without().page().p95Millis(),
            listening.without().cores(),
            listening.with().page().p95Millis(),
            listening.with().cores()));
    lines.add(line("%,d tasks, peak heap %,d MiB", result.tasks(), result.peakHeapBytes() >> 20));
    lines.add(
        result.over().isEmpty()
            ? line("every p95 is below %.0f ms", result.goalMillis())
            : line(
                "over %.0f ms: %s",
                result.goalMillis(),
                result.over().stream()
                    .map(ApiBenchResult.Endpoint::name)
                    .collect(Collectors.joining("; "))));
    return String.join(System.lineSeparator(), lines);
  }
}
