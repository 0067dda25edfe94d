package io.windrow.cli.manage;

import io.windrow.cli.terminal.Table;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  /** {@code windrow deadletter list}. */
  @Command(name = "list", description = "Lists those that were not sent again, oldest first.")
  static final class ListLetters extends ManageCommand {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "100",
        description = "At most so many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    ListLetters() {}

    @Override
    public Integer call() {
      JsonNode letters = client().ask("dead-letters", Map.of("limit", String.valueOf(limit)));
      Table table = new Table().left("parked").left("topic").left("position").left("reason");
      for (JsonNode letter : letters) {
        table.row(
            letter.path("parkedAt").asString(),
            letter.path("topic").asString(),
            letter.path("position").asString(),
            letter.path("reason").asString().lines().findFirst().orElse(""));
      }
      print(letters, letters.isEmpty() ? List.of("none") : table.lines());
      return 0;
    }
  }

  /** {@code windrow deadletter replay}. */
  @Command(
      name = "replay",
      description =
          "Sends all of them again, each to the topic it came from. What is still not decodable"
              + " comes back.")
  static final class Replay extends ManageCommand {
    Replay() {}

    @Override
    public Integer call() {
      JsonNode done = client().replayDeadLetters();
      print(
          done,
          List.of(
              "%s sent again, %s dropped (they do not say where they came from)"
                  .formatted(done.path("sent").asInt(), done.path("dropped").asInt())));
      return 0;
    }
  }
}
