package io.windrow.cli.manage;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.cli.terminal.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code windrow task run}: Qlib's {@code safe_fetch_task} around a command. */
@Command(
    name = "run",
    description = {
      "Fetches a task, runs a command for it and records it as done when that ends with 0.",
      "Any other end hands the task back, uncharged, and fails; so does Ctrl-C.",
      "The command reads what 'windrow task fetch' prints from standard input. It may write a JSON"
          + " object of numbers, its metrics, to the file named by WINDROW_METRICS."
    })
public final class RunCommand extends ManageCommand {
  @Mixin private Fetching fetching;

  @Option(
      names = "--part-done",
      description = "Record a part only; 'run --state part_done' does the rest.")
  private boolean partDone;

  @Option(names = "--all", description = "Go on until there is no task left to run.")
  private boolean all;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "A program and its arguments, best after --.")
  private List<String> command = List.of();

  RunCommand() {}

  @Override
  public Integer call() {
    CoordinatorClient client = client();
    Map<String, Object> request = fetching.request();
    List<JsonNode> recorded = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    do {
      JsonNode task = client.manage("fetch", request);
      if (task.isMissingNode()) {
        break;
      }
      JsonNode answer = run(client, new FetchedTask(task));
      recorded.add(answer);
      lines.add(
          "task %s is %s now"
              .formatted(answer.path("id").asString(), answer.path("state").asString()));
    } while (all);
    if (recorded.isEmpty() && !all) {
      throw new UserError("there is no task to run");
    }
    lines.add(ChangeCommands.tasks(recorded.size(), "run"));
    print(recorded, lines);
    return 0;
  }

  private JsonNode run(CoordinatorClient client, FetchedTask task) {
    try (TemporaryFolder folder = TemporaryFolder.create("windrow-run").alsoAtEnd()) {
      Path metrics = folder.path().resolve("metrics.json");
      try (TaskProcess process = start(client, task, metrics)) {
        return finish(client, task, process, metrics);
      }
    }
  }

  private TaskProcess start(CoordinatorClient client, FetchedTask task, Path metrics) {
    try {
      return TaskProcess.start(client, task, command, metrics);
    } catch (UserError e) {
      throw givenBack(client, task, e);
    }
  }

  private JsonNode finish(
      CoordinatorClient client, FetchedTask task, TaskProcess process, Path metrics) {
    try {
      int code = process.await();
      if (code != 0) {
        throw new UserError("the command ended with " + code);
      }
      return task.report(
          client,
          "commit",
          Map.of(
              "outcome", partDone ? "part_done" : "done", "metrics", TaskProcess.metrics(metrics)));
    } catch (UserError e) {
      throw givenBack(client, task, e);
    }
  }

  /** Says what went wrong, and what became of the task. */
  private static UserError givenBack(CoordinatorClient client, FetchedTask task, UserError why) {
    List<String> lines = new ArrayList<>(why.lines());
    try {
      task.report(client, "return", Map.of("message", why.lines().get(0)));
      lines.add("task %s is handed back".formatted(task.id()));
    } catch (UserError e) {
      lines.addAll(e.lines());
    }
    return new UserError(lines);
  }
}
