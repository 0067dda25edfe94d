package io.windrow.cli.submission;

import io.windrow.cli.client.Accepted;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.OutputOption;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code windrow submit}: sends a workflow. */
@Command(
    name = "submit",
    description = {
      "Sends a workflow (Qlib's YAML) to the coordinator, which makes its tasks.",
      "The same workflow sent twice adds nothing."
    })
public final class SubmitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorOption coordinator;
  @Mixin private FollowOptions follow;

  @Mixin private WorkflowOptions workflow;

  @Option(names = "--wait", description = "Wait until every task has its outcome.")
  private boolean wait;

  @Mixin private OutputOption output;

  SubmitCommand() {}

  @Override
  public Integer call() {
    CoordinatorClient client = coordinator.client();
    Accepted accepted = client.submit(workflow.read());
    if (!wait || !output.forPrograms()) {
      output.print(accepted, () -> List.of(line(accepted)));
    }
    PrintWriter err = spec.commandLine().getErr();
    accepted.warnings().forEach(w -> err.println("windrow: warning: " + w.asLine()));
    err.flush();
    return wait ? follow.follow(client, accepted.submission(), spec, output) : 0;
  }

  private static String line(Accepted accepted) {
    return "submission %s: %d %s, %d new (pool %s, experiment %s, queue %s, data to %s)"
        .formatted(
            accepted.submission(),
            accepted.tasks(),
            accepted.tasks() == 1 ? "task" : "tasks",
            accepted.inserted(),
            accepted.pool(),
            accepted.experiment(),
            accepted.queue(),
            accepted.calendarEnd());
  }
}
