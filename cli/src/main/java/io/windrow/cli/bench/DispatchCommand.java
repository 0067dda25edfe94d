package io.windrow.cli.bench;

import static io.windrow.cli.bench.BenchOutput.line;

import io.windrow.cli.terminal.Logging;
import io.windrow.cli.terminal.Progress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windrow bench dispatch}. */
@Command(
    name = "dispatch",
    description = {
      "Submits tasks that do nothing to a whole cluster in this JVM (store in memory, one worker) and"
          + " waits until the collector has all of them.",
      "Prints tasks per second, how long tasks waited, and which part that is of the rate at which the"
          + " bare store does the six writes that each task needs."
    })
public final class DispatchCommand implements Callable<Integer> {
  private static final int MOST_TASKS = 200_000;
  private static final int MOST_SLOTS = 1024;

  @Spec private CommandSpec spec;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Tasks of the measured submission, up to 200000 (default: ${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "50000",
      description = {
        "Tasks that go through before, while the JVM compiles its code; 0 to measure that, too",
        "(default: ${DEFAULT-VALUE})."
      })
  private int warmUp;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "256",
      description = "Tasks that the worker runs at once (default: ${DEFAULT-VALUE}).")
  private int slots;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  DispatchCommand() {}

  @Override
  public Integer call() {
    boolean tooMany = tasks > MOST_TASKS || warmUp > MOST_TASKS || slots > MOST_SLOTS;
    if (tasks < 1 || warmUp < 0 || slots < 1 || tooMany) {
      throw new ParameterException(
          spec.commandLine(),
          "--tasks must be 1 to %1$d, --warm-up 0 to %1$d and --slots 1 to %2$d"
              .formatted(MOST_TASKS, MOST_SLOTS));
    }
    Logging.embedded();
    DispatchBenchResult result;
    try (Progress progress = Progress.of("bench", spec.commandLine().getErr())) {
      result = DispatchBench.run(tasks, warmUp, slots, progress);
    }
    BenchOutput.print(spec.commandLine().getOut(), json, result, lines(result));
    return 0;
  }

  private static String lines(DispatchBenchResult result) {
    return String.join(
        System.lineSeparator(),
        List.of(
            line(
                "dispatch: %,d tasks in %.1f s from submission to collected, %,.0f tasks/s; %d slots",
                result.tasks(), result.seconds(), result.tasksPerSecond(), result.slots()),
            line(
                "steady: %,.0f tasks/s after the %.1f s of the submission; %.2f ms of processor time a"
                    + " task",
                result.steadyTasksPerSecond(),
                result.submissionSeconds(),
                result.processorMillis()),
            line(
                "bare store: %,.0f tasks/s; the cluster has %.0f %% of that",
                result.bareStoreTasksPerSecond(), result.shareOfBareStore() * 100),
            line(
                "schedule to start: p50 %,d ms, p99 %,d ms; announced to start: p50 %,d ms, p99 %,d ms",
                result.scheduleToStart().p50(),
                result.scheduleToStart().p99(),
                result.announcedToStart().p50(),
                result.announcedToStart().p99())));
  }
}
