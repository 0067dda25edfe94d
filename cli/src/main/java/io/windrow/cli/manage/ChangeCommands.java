package io.windrow.cli.manage;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code windrow task remove|reset-waiting|reset-status|prioritize|replace}. */
public final class ChangeCommands {
  private ChangeCommands() {}

  /** A change to the selected tasks. */
  private abstract static class Change extends ManageCommand {
    @Mixin private Selection selection;

    @Parameters(paramLabel = "TASK", arity = "0..*", description = "Only these ids.")
    private List<String> ids = List.of();

    final Selection selection() {
      return selection;
    }

    final List<String> ids() {
      return ids;
    }

    /** Sends a change and says how many tasks it changed. */
    final int send(String action, Map<String, ?> more) {
      Map<String, Object> body = new LinkedHashMap<>(selection.parameters());
      if (!ids.isEmpty()) {
        body.put("ids", ids.stream().map(client()::taskId).toList());
      }
      if (body.isEmpty()) {
        throw new ParameterException(
            spec().commandLine(), "which tasks? Give ids, --pool or --filter");
      }
      body.putAll(more);
      JsonNode answer = client().manage(action, body);
      StringBuilder line = new StringBuilder(tasks(answer.path("changed").asLong(), "changed"));
      answer
          .path("refused")
          .properties()
          .forEach(
              e ->
                  line.append(", ")
                      .append(Figures.count(e.getValue().asLong()))
                      .append(" left as they are (")
                      .append(e.getKey())
                      .append(')'));
      long raced = answer.path("raced").asLong();
      if (raced > 0) {
        line.append(", ")
            .append(Figures.count(raced))
            .append(" changed by somebody else meanwhile: ask again");
      }
      print(answer, List.of(line.toString()));
      requireAll(answer.path("unknown"));
      return 0;
    }
  }

  static String tasks(long number, String done) {
    return Figures.count(number) + (number == 1 ? " task " : " tasks ") + done;
  }

  /** Fails if ids of a request are not there. */
  static void requireAll(JsonNode unknown) {
    if (!unknown.isEmpty()) {
      throw new UserError(
          unknown.valueStream().map(id -> "there is no task '" + id.asString() + "'").toList());
    }
  }

  /** {@code windrow task remove}. */
  @Command(
      name = "remove",
      description = {
        "Deletes tasks. Tasks that are selected and not named by their ids are only counted, unless"
            + " --yes is given."
      })
  public static final class Remove extends Change {
    @Option(names = "--force", description = "Running ones too: their outcomes are lost.")
    private boolean force;

    @Option(names = "--yes", description = "Delete what is selected.")
    private boolean yes;

    Remove() {}

    @Override
    public Integer call() {
      if (ids().isEmpty() && !yes && !selection().parameters().isEmpty()) {
        JsonNode stat = client().ask("tasks/stat", selection().parameters());
        throw new ParameterException(
            spec().commandLine(),
            "nothing was removed; --yes removes "
                + tasks(stat.path("tasks").asLong(), "")
                + "("
                + TaskLines.counts(stat)
                + ")");
      }
      return send("remove", Map.of("force", force));
    }
  }

  /** {@code windrow task reset-waiting}. */
  @Command(
      name = "reset-waiting",
      description = {
        "Takes running tasks back whose lease has run out; they are not charged for it.",
        "Their workers can no longer record anything."
      })
  public static final class ResetWaiting extends Change {
    @Option(names = "--force", description = "Also from workers that are alive.")
    private boolean force;

    ResetWaiting() {}

    @Override
    public Integer call() {
      return send("reset-waiting", Map.of("force", force));
    }
  }

  /** {@code windrow task reset-status}. */
  @Command(
      name = "reset-status",
      description = {
        "Sets tasks to waiting (queued, part_done, failed and cancelled ones), or to cancelled (those"
            + " without an outcome)."
      })
  public static final class ResetStatus extends Change {
    @Option(
        names = "--to",
        paramLabel = "STATE",
        required = true,
        description = "waiting or cancelled.")
    private String state = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "For the tasks' history.")
    private @Nullable String reason;

    ResetStatus() {}

    @Override
    public Integer call() {
      return send(
          "reset-status",
          reason == null ? Map.of("state", state) : Map.of("state", state, "reason", reason));
    }
  }

  /** {@code windrow task prioritize}. */
  @Command(
      name = "prioritize",
      description = "Sets the priority of tasks not yet running, announced ones included.")
  public static final class Prioritize extends Change {
    @Option(
        names = "--priority",
        paramLabel = "N",
        required = true,
        description = "Higher first; 0 is ordinary.")
    private int priority;

    Prioritize() {}

    @Override
    public Integer call() {
      return send("prioritize", Map.of("priority", priority));
    }
  }

  /** {@code windrow task replace}. */
  @Command(
      name = "replace",
      description = "Gives a task that has not run another definition, which makes a new task.")
  public static final class Replace extends ManageCommand {
    @Parameters(index = "0", paramLabel = "TASK", description = "Its id.")
    private String task = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The definition as JSON.")
    private Path file = Path.of("");

    Replace() {}

    @Override
    public Integer call() {
      CoordinatorClient client = client();
      String id = client.taskId(task);
      JsonNode answer = client.replace(id, read(file));
      String now = answer.path("task").asString();
      print(
          answer,
          List.of(
              now.equals(id)
                  ? "task %s has this definition already".formatted(id)
                  : "task %s takes the place of %s, which is cancelled".formatted(now, id)));
      return 0;
    }
  }

  /** The text of a file. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new UserError(file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": check the name (" + e.getMessage() + ")");
    }
  }
}
