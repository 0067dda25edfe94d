package io.windrow.cli.manage;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.terminal.UserError;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code windrow task logs}: what an attempt of a task has printed. */
@Command(
    name = "logs",
    description = {
      "Prints the log of a task's attempt: what its command printed, or of tasks that ran inside of"
          + " their worker what was recorded of their failure."
    })
public final class LogsCommand extends ManageCommand {
  private static final long LOOK_MILLIS = 2_000;

  @Parameters(paramLabel = "TASK", description = "Its id.")
  private String id = "";

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "Of this attempt (default: the one that runs or ended last).")
  private @Nullable Integer attempt;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the attempt has ended; a few seconds behind it.")
  private boolean follow;

  LogsCommand() {}

  @Override
  public Integer call() {
    if (follow && forPrograms()) {
      throw new ParameterException(spec().commandLine(), "--follow: does not go with -o or --json");
    }
    CoordinatorClient client = client();
    String task = client.taskId(id);
    JsonNode log = log(client, task, attempt);
    if (!follow) {
      print(log, text(log).lines().toList());
      remark(log);
      return 0;
    }
    String shown = "";
    while (true) {
      shown = show(shown, text(log));
      if (!log.path("outcome").isNull()) {
        remark(log);
        return 0;
      }
      pause();
      log = log(client, task, log.path("attempt").asInt());
    }
  }

  private static JsonNode log(CoordinatorClient client, String task, @Nullable Integer attempt) {
    return client.ask(
        "tasks/" + task + "/logs",
        attempt == null ? Map.of() : Map.of("attempt", attempt.toString()));
  }

  /** Prints what is new; of a log whose middle was left out meanwhile, its end. */
  private String show(String shown, String now) {
    PrintWriter out = spec().commandLine().getOut();
    out.print(rest(shown, now));
    out.flush();
    return now;
  }

  /** What comes after what was shown; both may be of a log that has only its ends. */
  static String rest(String shown, String now) {
    if (now.startsWith(shown)) {
      return now.substring(shown.length());
    }
    String last = shown.substring(Math.max(0, shown.length() - 200));
    int at = now.lastIndexOf(last);
    return at < 0 ? "\n...\n" + now : now.substring(at + last.length());
  }

  private void remark(JsonNode log) {
    PrintWriter err = err();
    String outcome = log.path("outcome").asString("");
    String attemptNumber = log.path("attempt").asString();
    if (log.path("source").asString().equals("none")) {
      err.println(
          "windrow: attempt %s (%s) has left no log: only what commands print is kept"
              .formatted(attemptNumber, outcome.isEmpty() ? "it runs" : outcome));
    } else if (follow) {
      err.println("windrow: attempt %s ended: %s".formatted(attemptNumber, outcome));
    }
    if (log.path("cut").asBoolean()) {
      err.println("windrow: only the end; 'windrow recorder get' has all of it (process.log)");
    }
    err.flush();
  }

  private static String text(JsonNode log) {
    return log.path("text").asString("");
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(List.of("interrupted: the task goes on by itself"));
    }
  }
}
