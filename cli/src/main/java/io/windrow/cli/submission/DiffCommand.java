package io.windrow.cli.submission;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.OutputOption;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code windrow diff}: what tells a workflow or submission from an earlier one. */
@Command(
    name = "diff",
    description = {
      "Says what changes with a workflow's file, compared with a submission: keys of the workflow,"
          + " and how many tasks stay, come and go. Nothing is stored.",
      "In place of FILE another submission's id may stand."
    })
public final class DiffCommand implements Callable<Integer> {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{6,64}");

  @Mixin private CoordinatorOption coordinator;
  @Mixin private WorkflowOptions workflow;
  @Mixin private OutputOption output;

  @Option(
      names = "--against",
      required = true,
      paramLabel = "SUBMISSION",
      description = "The earlier one.")
  private String against = "";

  DiffCommand() {}

  @Override
  public Integer call() {
    CoordinatorClient client = coordinator.client();
    String earlier = client.submissionId(against);
    String given = workflow.file().toString();
    JsonNode diff =
        ID.matcher(given).matches() && !Files.exists(workflow.file())
            ? client.ask(
                "submissions/" + client.submissionId(given) + "/diff", Map.of("against", earlier))
            : client.diff(workflow.read(), earlier);
    output.print(diff, () -> lines(diff));
    return 0;
  }

  private static List<String> lines(JsonNode diff) {
    List<String> lines = new ArrayList<>();
    for (JsonNode one : diff.path("changed")) {
      lines.add(
          "~ %s: %s -> %s"
              .formatted(one.path("path").asString(), one.path("before"), one.path("after")));
    }
    for (JsonNode one : diff.path("added")) {
      lines.add("+ %s: %s".formatted(one.path("path").asString(), one.path("value")));
    }
    for (JsonNode one : diff.path("removed")) {
      lines.add("- %s: %s".formatted(one.path("path").asString(), one.path("value")));
    }
    if (lines.isEmpty()) {
      lines.add("no key differs");
    }
    JsonNode tasks = diff.path("tasks");
    lines.add(
        "tasks: %s equal, %s new, %s gone"
            .formatted(
                tasks.path("equal").asString(),
                tasks.path("fresh").asString(),
                tasks.path("gone").asString()));
    return lines;
  }
}
