package io.windrow.cli.deadletter;

import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.Json;
import io.windrow.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code windrow deadletter}: records that nobody could decode. */
@Command(
    name = "deadletter",
    description =
        "Shows records of Kafka that nobody could decode, and sends them again. (Failed tasks are"
            + " run again with 'windrow task retry'.)",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DeadLetterCommand.ListLetters.class, DeadLetterCommand.Replay.class})
public final class DeadLetterCommand {
  DeadLetterCommand() {}

  private abstract static class Asking implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private CoordinatorOption coordinator;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    final JsonNode ask(Map<String, String> parameters) {
      return coordinator.client().ask("dead-letters", parameters);
    }

    final JsonNode replay() {
      return coordinator.client().replayDeadLetters();
    }

    final Integer print(JsonNode answer, Iterable<String> lines) {
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        Json.print(out, answer);
      } else {
        lines.forEach(out::println);
      }
      out.flush();
      return 0;
    }
  }

  /** {@code windrow deadletter list}. */
  @Command(name = "list", description = "Lists those that were not sent again, oldest first.")
  static final class ListLetters extends Asking {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "100",
        description = "At most so many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    ListLetters() {}

    @Override
    public Integer call() {
      JsonNode letters = ask(Map.of("limit", String.valueOf(limit)));
      Table table = new Table().left("parked").left("topic").left("position").left("reason");
      for (JsonNode letter : letters) {
        table.row(
            letter.path("parkedAt").asString(),
            letter.path("topic").asString(),
            letter.path("position").asString(),
            letter.path("reason").asString().lines().findFirst().orElse(""));
      }
      return print(letters, letters.isEmpty() ? List.of("none") : table.lines());
    }
  }

  /** {@code windrow deadletter replay}. */
  @Command(
      name = "replay",
      description =
          "Sends all of them again, each to the topic it came from. What is still not decodable"
              + " comes back.")
  static final class Replay extends Asking {
    Replay() {}

    @Override
    public Integer call() {
      JsonNode done = replay();
      return print(
          done,
          List.of(
              "%s sent again, %s dropped (they do not say where they came from)"
                  .formatted(done.path("sent").asInt(), done.path("dropped").asInt())));
    }
  }
}
