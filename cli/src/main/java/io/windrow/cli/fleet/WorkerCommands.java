package io.windrow.cli.fleet;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code windrow worker list|show|drain|undrain}. */
public final class WorkerCommands {
  private WorkerCommands() {}

  private abstract static class Ask implements Callable<Integer> {
    @Mixin private CoordinatorOption coordinator;
    @Mixin private OutputOption output;

    final CoordinatorClient client() {
      return coordinator.client();
    }

    final OutputOption output() {
      return output;
    }
  }

  private abstract static class One extends Ask {
    @Parameters(paramLabel = "WORKER", description = "Its name, as 'windrow worker list' shows it.")
    private String id = "";

    final String id() {
      return id;
    }

    final int drain(boolean drain, String done) {
      JsonNode worker = client().drain(id, drain);
      output()
          .print(
              worker,
              () ->
                  List.of(
                      "worker %s %s: it is %s now, runs %d of %d"
                          .formatted(
                              id,
                              done,
                              worker.path("state").asString(),
                              worker.path("busy").asInt(),
                              worker.path("slots").asInt())));
      return 0;
    }
  }

  /** {@code windrow worker list}. */
  @Command(name = "list", description = "Lists the workers: how they stand, what they serve.")
  public static final class ListWorkers extends Ask {
    @Option(names = "--queue", paramLabel = "NAME", description = "Only those that take from it.")
    private @Nullable String queue;

    ListWorkers() {}

    @Override
    public Integer call() {
      JsonNode workers = client().ask("workers", queue == null ? Map.of() : Map.of("queue", queue));
      Table table =
          new Table()
              .left("worker")
              .left("state")
              .right("busy")
              .right("slots")
              .left("queues")
              .left("executors")
              .left("version")
              .right("last beat");
      for (JsonNode worker : workers) {
        table.row(
            worker.path("id").asString(),
            worker.path("state").asString(),
            worker.path("busy").asString(),
            worker.path("slots").asString(),
            words(worker.path("queues")),
            words(worker.path("executors")),
            worker.path("version").asString(),
            Figures.seconds(worker.path("silenceSeconds").asDouble()) + " ago");
      }
      output()
          .print(
              workers,
              () ->
                  workers.isEmpty()
                      ? List.of("no workers: start one with 'windrow worker'")
                      : table.lines());
      return 0;
    }
  }

  /** {@code windrow worker show}. */
  @Command(name = "show", description = "Shows a worker with the tasks it runs.")
  public static final class Show extends One {
    Show() {}

    @Override
    public Integer call() {
      JsonNode worker = client().one("workers", id());
      output().print(worker, () -> lines(worker));
      return 0;
    }

    private static List<String> lines(JsonNode worker) {
      List<String> lines = new ArrayList<>();
      lines.add("worker     " + worker.path("id").asString());
      lines.add("state      " + worker.path("state").asString());
      lines.add(
          "process    %s on %s, version %s"
              .formatted(
                  worker.path("pid").asString(),
                  worker.path("host").asString(),
                  worker.path("version").asString()));
      lines.add("queues     " + words(worker.path("queues")));
      lines.add("executors  " + words(worker.path("executors")));
      lines.add(
          "slots      %s, %s busy"
              .formatted(worker.path("slots").asString(), worker.path("busy").asString()));
      lines.add("started    " + worker.path("started").asString());
      lines.add(
          "last beat  %s, %s ago"
              .formatted(
                  worker.path("beat").asString(),
                  Figures.seconds(worker.path("silenceSeconds").asDouble())));
      worker.path("tasks").forEach(task -> lines.add("task       " + task.asString()));
      return lines;
    }
  }

  /** {@code windrow worker drain}. */
  @Command(
      name = "drain",
      description = {
        "Asks a worker to take nothing more. What it runs comes to its end; it stays, and shows as"
            + " drained then.",
      })
  public static final class Drain extends One {
    Drain() {}

    @Override
    public Integer call() {
      return drain(true, "is asked to drain");
    }
  }

  /** {@code windrow worker undrain}. */
  @Command(name = "undrain", description = "Asks a drained worker to take tasks again.")
  public static final class Undrain extends One {
    Undrain() {}

    @Override
    public Integer call() {
      return drain(false, "is asked to go on");
    }
  }

  private static String words(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
  }
}
