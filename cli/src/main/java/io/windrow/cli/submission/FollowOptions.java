package io.windrow.cli.submission;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.SubmissionView;
import io.windrow.cli.terminal.Json;
import io.windrow.cli.terminal.Progress;
import java.io.PrintWriter;
import java.time.Duration;
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

  int follow(CoordinatorClient client, String id, CommandSpec command, boolean json) {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    if (interval < SHORTEST) {
      throw new ParameterException(
          command.commandLine(),
          "--interval must be at least " + SHORTEST + " ms, not " + interval);
    }
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
      ended = following.untilEnd(id, Progress.of("windows", err));
    } finally {
      Runtime.getRuntime().removeShutdownHook(leaving);
    }
    if (json) {
      Json.print(out, ended);
    } else {
      out.printf("submission %s ended: %s%n", id, Following.counts(ended));
    }
    out.flush();
    following.explain(ended, err);
    return ended.succeeded() ? 0 : 1;
  }
}
