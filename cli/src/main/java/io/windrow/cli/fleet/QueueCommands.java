package io.windrow.cli.fleet;

import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code windrow queue list|show}. */
public final class QueueCommands {
  private QueueCommands() {}

  /** {@code windrow queue list}. */
  @Command(
      name = "list",
      description = "Lists the queues: what waits there, since when, and who serves it.")
  public static final class ListQueues implements Callable<Integer> {
    @Mixin private CoordinatorOption coordinator;
    @Mixin private OutputOption output;

    ListQueues() {}

    @Override
    public Integer call() {
      JsonNode queues = coordinator.client().ask("queues", Map.of());
      Table table =
          new Table()
              .left("queue")
              .right("demand")
              .right("oldest")
              .right("workers")
              .right("slots")
              .left("states")
              .left("remarks");
      for (JsonNode queue : queues) {
        table.row(
            queue.path("queue").asString(),
            Figures.count(queue.path("demand").asLong()),
            Figures.seconds(queue.path("oldestSeconds").asDouble()),
            queue.path("workers").asString(),
            queue.path("slots").asString(),
            states(queue),
            String.join(", ", remarks(queue)));
      }
      output.print(
          queues,
          () ->
              queues.isEmpty()
                  ? List.of("no queues yet: a task or a worker makes the first")
                  : table.lines());
      return 0;
    }
  }

  /** {@code windrow queue show}. */
  @Command(name = "show", description = "Shows a queue.")
  public static final class Show implements Callable<Integer> {
    @Mixin private CoordinatorOption coordinator;
    @Mixin private OutputOption output;

    @Parameters(paramLabel = "QUEUE", description = "Its name.")
    private String name = "";

    Show() {}

    @Override
    public Integer call() {
      JsonNode queue = coordinator.client().one("queues", name);
      output.print(queue, () -> lines(queue));
      return 0;
    }

    private static List<String> lines(JsonNode queue) {
      List<String> lines = new ArrayList<>();
      lines.add("queue    " + queue.path("queue").asString());
      lines.add("demand   " + Figures.count(queue.path("demand").asLong()));
      lines.add("oldest   " + Figures.seconds(queue.path("oldestSeconds").asDouble()));
      lines.add(
          "workers  %s live, %s slots, %s busy"
              .formatted(
                  queue.path("workers").asString(),
                  queue.path("slots").asString(),
                  queue.path("busy").asString()));
      lines.add("states   " + states(queue));
      remarks(queue).forEach(remark -> lines.add("remark   " + remark));
      return lines;
    }
  }

  private static List<String> remarks(JsonNode queue) {
    List<String> remarks = new ArrayList<>();
    if (queue.path("unserved").asBoolean()) {
      remarks.add("no worker serves it");
    }
    if (queue.path("paused").asBoolean()) {
      remarks.add("paused");
    }
    if (queue.path("maxRunning").isNumber()) {
      remarks.add("at most " + queue.path("maxRunning").asString() + " at once");
    }
    return remarks;
  }

  private static String states(JsonNode queue) {
    String words =
        queue.path("counts").properties().stream()
            .filter(entry -> entry.getValue().asLong() > 0)
            .map(entry -> Figures.count(entry.getValue().asLong()) + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "no tasks" : words;
  }
}
