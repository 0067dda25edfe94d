package io.windrow.cli.control;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.client.TaskView;
import io.windrow.cli.terminal.OutputOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which tasks a command is about: one, or all of a pool or of a submission. */
final class Scope {
  @Mixin private CoordinatorOption coordinator;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Which which = new Which();

  @Mixin private OutputOption output;

  Scope() {}

  /** One of the three. */
  static final class Which {
    @Parameters(paramLabel = "TASK", description = "Id of one task.")
    private @Nullable String task;

    @Option(names = "--pool", paramLabel = "POOL", description = "All tasks of a pool.")
    private @Nullable String pool;

    @Option(
        names = "--submission",
        paramLabel = "SUBMISSION",
        description = "All tasks of a submission.")
    private @Nullable String submission;
  }

  /**
   * Asks the coordinator and prints what came of it.
   *
   * @param action the word in the address
   * @param done the word for people
   * @param parameters of the request
   */
  int send(String action, String done, Map<String, String> parameters) {
    CoordinatorClient client = coordinator.client();
    if (which.task != null) {
      TaskView view = client.control(client.taskId(which.task), action, parameters);
      output.print(
          view, () -> List.of("task %s %s: it is %s now".formatted(view.id(), done, view.state())));
    } else {
      boolean pool = which.pool != null;
      String name =
          pool ? String.valueOf(which.pool) : client.submissionId(String.valueOf(which.submission));
      long tasks = client.controlAll(pool ? "pools" : "submissions", name, action, parameters);
      output.print(
          Map.of("tasks", tasks),
          () -> List.of("%,d %s %s".formatted(tasks, tasks == 1 ? "task" : "tasks", done)));
    }
    return 0;
  }
}
