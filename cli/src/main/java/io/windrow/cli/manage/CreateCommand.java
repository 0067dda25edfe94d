package io.windrow.cli.manage;

import io.windrow.cli.submission.WorkflowOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code windrow task create}. */
@Command(
    name = "create",
    description = {
      "Creates the tasks of a workflow, as 'windrow submit' does: those that are there stay as they"
          + " are.",
      "Without a windrow.rolling the tasks are those that the file's list 'task' has."
    })
public final class CreateCommand extends ManageCommand {
  @Mixin private WorkflowOptions workflow;

  @Option(names = "--dry-run", description = "Create nothing, list the ids that would be new.")
  private boolean dryRun;

  CreateCommand() {}

  @Override
  public Integer call() {
    JsonNode answer = client().create(workflow.read(), dryRun);
    List<String> lines = new ArrayList<>();
    answer.path("newTasks").forEach(id -> lines.add(id.asString()));
    lines.add(
        "%s, %s %s (submission %s, pool %s)"
            .formatted(
                ChangeCommands.tasks(answer.path("tasks").asLong(), "in all"),
                answer.path("inserted").asString(),
                dryRun ? "would be new" : "new",
                answer.path("submission").asString(),
                answer.path("pool").asString()));
    print(answer, lines);
    return 0;
  }
}
