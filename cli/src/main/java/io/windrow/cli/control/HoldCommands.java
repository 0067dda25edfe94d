package io.windrow.cli.control;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.client.TaskView;
import io.windrow.cli.terminal.OutputOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code windrow task pause} and {@code windrow task resume}. */
public final class HoldCommands {
  private HoldCommands() {}

  private abstract static class OneTask implements Callable<Integer> {
    @Mixin private CoordinatorOption coordinator;

    @Parameters(paramLabel = "TASK", description = "Id of the task.")
    private String task = "";

    @Mixin private OutputOption output;

    final Integer send(String action, String done, Map<String, String> parameters) {
      CoordinatorClient client = coordinator.client();
      TaskView view = client.control(client.taskId(task), action, parameters);
      output.print(view, () -> List.of("task %s %s".formatted(view.id(), done)));
      return 0;
    }
  }

  /** {@code windrow task pause}. */
  @Command(
      name = "pause",
      description =
          "Holds a task until it is resumed; one that runs is handed back and not charged for it.")
  public static final class Pause extends OneTask {
    @Option(names = "--reason", paramLabel = "TEXT", description = "For the task's history.")
    private String reason = "paused by request";

    Pause() {}

    @Override
    public Integer call() {
      return send("pause", "paused", Map.of("reason", reason));
    }
  }

  /** {@code windrow task resume}. */
  @Command(name = "resume", description = "Lets a paused task run.")
  public static final class Resume extends OneTask {
    Resume() {}

    @Override
    public Integer call() {
      return send("resume", "resumed", Map.of());
    }
  }
}
