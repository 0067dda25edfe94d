package io.windrow.cli.submission;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.SubmissionView;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.Times;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Waiting for a submission's end, the same for {@code submit --wait} and {@code wait}. */
final class FollowOptions {
  private static final int SHORTEST = 50;

  @Option(
      names = "--interval",
      paramLabel = "MS",
      defaultValue = "500",
      description = "Time between two looks, in milliseconds (default: ${DEFAULT-VALUE}).")
  private int interval;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Wait no longer than this, as in 90s, 30m or 2h; then it fails.")
  private @Nullable String timeout;

  int follow(CoordinatorClient client, String id, CommandSpec command, OutputOption output) {
    PrintWriter err = command.commandLine().getErr();
    if (interval < SHORTEST) {
      throw new ParameterException(
          command.commandLine(),
          "--interval must be at least " + SHORTEST + " ms, not " + interval);
    }
    Duration longest = Times.option(command, "--timeout", timeout);
    Following following = new Following(client, Duration.ofMillis(interval));
    Thread leaving =
        new Thread(
            () ->
                System.err.printf(
                    "windrow: submission %s goes on; 'windrow wait %s' follows it again%n",
                    id, id));
    Runtime.getRuntime().addShutdownHook(leaving);
    SubmissionView ended;
    try {
      ended = following.untilEnd(id, Progress.of("windows", err), longest, err);
    } finally {
      Runtime.getRuntime().removeShutdownHook(leaving);
    }
    output.print(
        ended, () -> List.of("submission %s ended: %s".formatted(id, Following.counts(ended))));
    following.explain(ended, err);
    return ended.succeeded() ? 0 : 1;
  }
}
