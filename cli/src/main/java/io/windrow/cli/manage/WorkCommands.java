package io.windrow.cli.manage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.cli.terminal.Json;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code windrow task fetch|heartbeat|commit|return}: a worker made of shell commands. */
public final class WorkCommands {
  private WorkCommands() {}

  /** {@code windrow task fetch}. */
  @Command(
      name = "fetch",
      description = {
        "Claims the best of the selected tasks and prints it as JSON; fails if there is none.",
        "What it prints is shown at heartbeat, commit and return."
      })
  public static final class Fetch extends ManageCommand {
    @Mixin private Fetching fetching;

    Fetch() {}

    @Override
    public Integer call() {
      JsonNode task = client().manage("fetch", fetching.request());
      if (task.isMissingNode()) {
        throw new UserError("there is no task to run");
      }
      Json.print(spec().commandLine().getOut(), task);
      return 0;
    }
  }

  /** What the worker of a fetched task reports. */
  private abstract static class Report extends ManageCommand {
    @Parameters(
        paramLabel = "FILE",
        description = "What 'windrow task fetch' printed; - reads standard input.")
    private Path file = Path.of("");

    final int send(String action, Map<String, ?> more) {
      FetchedTask task = FetchedTask.parse(text());
      JsonNode answer = task.report(client(), action, more);
      String line =
          answer.isMissingNode()
              ? "task %s is ours for another %.0f s"
                  .formatted(task.id(), task.lease().toMillis() / 1000.0)
              : "task %s is %s now".formatted(task.id(), answer.path("state").asString());
      print(answer.isMissingNode() ? Map.of("id", task.id()) : answer, List.of(line));
      return 0;
    }

    private String text() {
      if (!file.toString().equals("-")) {
        return ChangeCommands.read(file);
      }
      try {
        return new String(System.in.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UserError("cannot read standard input: " + e.getMessage());
      }
    }
  }

  /** {@code windrow task heartbeat}. */
  @Command(name = "heartbeat", description = "Renews the lease of a fetched task.")
  public static final class Heartbeat extends Report {
    Heartbeat() {}

    @Override
    public Integer call() {
      return send("heartbeat", Map.of());
    }
  }

  /** {@code windrow task commit}. */
  @Command(name = "commit", description = "Records the outcome of a fetched task.")
  public static final class Commit extends Report {
    @Option(names = "--metric", paramLabel = "NAME=VALUE", description = "Of a done task.")
    private Map<String, Double> metrics = new HashMap<>();

    @Option(names = "--failed", paramLabel = "MESSAGE", description = "It failed; why.")
    private @Nullable String failed;

    @Option(names = "--no-retry", description = "Another attempt at a failed one is no use.")
    private boolean noRetry;

    @Option(
        names = "--part-done",
        description = "A part of it is done; 'fetch --state part_done' gets it for the rest.")
    private boolean partDone;

    Commit() {}

    @Override
    public Integer call() {
      if (failed != null && partDone) {
        throw new ParameterException(
            spec().commandLine(), "--failed: does not go with --part-done");
      }
      return send(
          "commit",
          failed == null
              ? Map.of("outcome", partDone ? "part_done" : "done", "metrics", metrics)
              : Map.of("outcome", "failed", "message", failed, "retry", !noRetry));
    }
  }

  /** {@code windrow task return}. */
  @Command(name = "return", description = "Gives a fetched task back; it is not charged for it.")
  public static final class Return extends Report {
    @Option(names = "--reason", paramLabel = "TEXT", description = "For the task's history.")
    private String reason = "returned";

    Return() {}

    @Override
    public Integer call() {
      return send("return", Map.of("message", reason));
    }
  }
}
