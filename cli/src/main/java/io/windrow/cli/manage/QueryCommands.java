package io.windrow.cli.manage;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.Table;
import io.windrow.cli.terminal.Times;
import io.windrow.cli.terminal.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code windrow task list|show|stat|wait} and {@code windrow pool list}. */
public final class QueryCommands {
  private QueryCommands() {}

  /** {@code windrow task list}. */
  @Command(name = "list", description = "Lists tasks, selected by fields of their definitions.")
  public static final class ListTasks extends ManageCommand {
    @Mixin private Selection selection;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        split = ",",
        description = "Only tasks in this state, or in one of several between commas.")
    private List<String> states = List.of();

    @Option(
        names = "--sort",
        paramLabel = "FIELD",
        defaultValue = "seq",
        description = {
          "seq, priority, createdAt, updatedAt or id; with a minus the greatest first",
          "(default: ${DEFAULT-VALUE})."
        })
    private String sort = "";

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "100",
        description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
        names = "--fields",
        paramLabel = "FIELD",
        split = ",",
        description = "For programs only these, between commas; 'definition' is one.")
    private List<String> fields = List.of();

    ListTasks() {}

    @Override
    public Integer call() {
      if (limit < 1) {
        throw new ParameterException(
            spec().commandLine(), "--limit: must be at least 1, not " + limit);
      }
      Map<String, String> parameters = selection.parameters();
      parameters.put("sort", sort);
      if (!states.isEmpty()) {
        parameters.put("state", String.join(",", states));
      }
      if (!fields.isEmpty()) {
        if (!forPrograms()) {
          throw new ParameterException(
              spec().commandLine(), "--fields: goes with --json or -o only");
        }
        parameters.put("fields", String.join(",", fields));
      }
      List<JsonNode> tasks = new ArrayList<>();
      boolean more = client().list(parameters, limit, tasks::add);
      print(tasks, TaskLines.table(tasks));
      if (more) {
        err().println("windrow: there are more tasks: ask with a larger --limit, or a --filter");
        err().flush();
      }
      return 0;
    }
  }

  /** {@code windrow task show}. */
  @Command(name = "show", description = "Shows tasks with their histories.")
  public static final class Show extends ManageCommand {
    @Parameters(paramLabel = "TASK", arity = "1..*", description = "Their ids.")
    private List<String> ids = List.of();

    Show() {}

    @Override
    public Integer call() {
      CoordinatorClient client = client();
      if (ids.size() == 1) {
        JsonNode task = client.task(client.taskId(ids.get(0)));
        print(List.of(task), TaskLines.whole(task));
        return 0;
      }
      JsonNode found =
          client.manage("requery", Map.of("ids", ids.stream().map(client::taskId).toList()));
      List<String> lines = new ArrayList<>();
      for (JsonNode task : found.path("tasks")) {
        lines.addAll(TaskLines.whole(task));
        lines.add("");
      }
      print(found.path("tasks"), lines);
      ChangeCommands.requireAll(found.path("unknown"));
      return 0;
    }
  }

  /** {@code windrow task stat}. */
  @Command(name = "stat", description = "Counts tasks by state.")
  public static final class Stat extends ManageCommand {
    @Mixin private Selection selection;

    Stat() {}

    @Override
    public Integer call() {
      JsonNode stat = client().ask("tasks/stat", selection.parameters());
      Table table = new Table().left("state").right("tasks");
      stat.path("counts")
          .properties()
          .forEach(e -> table.row(e.getKey(), Figures.count(e.getValue().asLong())));
      table.row("all", Figures.count(stat.path("tasks").asLong()));
      print(stat, table.lines());
      return 0;
    }
  }

  /** {@code windrow task wait}. */
  @Command(
      name = "wait",
      description = "Waits until all selected tasks have their outcome; fails if one failed.")
  public static final class Wait extends ManageCommand {
    @Mixin private Selection selection;

    @Option(
        names = "--timeout",
        paramLabel = "TIME",
        description = "Wait no longer than this, as in 90s, 30m or 2h; then it fails.")
    private @Nullable String timeout;

    Wait() {}

    @Override
    public Integer call() {
      if (selection.parameters().isEmpty()) {
        throw new ParameterException(spec().commandLine(), "which tasks? Give --pool or --filter");
      }
      Duration longest = Times.option(spec(), "--timeout", timeout);
      try (Progress progress = Progress.of("tasks", err())) {
        JsonNode last =
            client()
                .follow(
                    selection.parameters(),
                    longest,
                    now -> {
                      long all = now.path("tasks").asLong();
                      long ended = all - now.path("unfinished").asLong();
                      progress.show(ended, all, TaskLines.counts(now));
                    });
        if (last.path("unfinished").asLong(1) > 0) {
          throw new UserError(
              "the coordinator ended the connection before the tasks did: wait again");
        }
        print(last, List.of("ended: " + TaskLines.counts(last)));
        return last.path("counts").path("failed").asLong() == 0 ? 0 : 1;
      }
    }
  }

  /** {@code windrow pool list}. */
  @Command(name = "list", description = "Lists the pools with their tasks by state.")
  public static final class Pools extends ManageCommand {

    Pools() {}

    @Override
    public Integer call() {
      JsonNode pools = client().ask("pools", Map.of());
      Table table = new Table().left("pool").left("states").left("limits");
      for (JsonNode pool : pools) {
        JsonNode most = pool.path("maxRunning");
        table.row(
            pool.path("pool").asString(),
            TaskLines.counts(pool),
            (pool.path("paused").asBoolean() ? "paused " : "")
                + (most.isNumber() ? "at most " + most + " at once" : ""));
      }
      print(pools, table.lines());
      return 0;
    }
  }
}
