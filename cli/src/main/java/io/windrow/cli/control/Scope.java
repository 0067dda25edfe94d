package io.windrow.cli.control;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.client.TaskView;
import io.windrow.cli.terminal.Json;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which tasks a command is about: one, or all of a pool or of a submission. */
final class Scope {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private CoordinatorOption coordinator;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Which which = new Which();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

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
    PrintWriter out = command.commandLine().getOut();
    if (which.task != null) {
      TaskView view = client.control(which.task, action, parameters);
      if (json) {
        Json.print(out, view);
      } else {
        out.println("task %s %s: it is %s now".formatted(view.id(), done, view.state()));
      }
    } else {
      String kind = which.pool == null ? "submissions" : "pools";
      String name = which.pool == null ? String.valueOf(which.submission) : which.pool;
      long tasks = client.controlAll(kind, name, action, parameters);
      if (json) {
        Json.print(out, Map.of("tasks", tasks));
      } else {
        out.println("%,d %s %s".formatted(tasks, tasks == 1 ? "task" : "tasks", done));
      }
    }
    out.flush();
    return 0;
  }
}
