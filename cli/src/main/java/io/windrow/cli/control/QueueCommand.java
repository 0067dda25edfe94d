package io.windrow.cli.control;

import io.windrow.cli.fleet.QueueCommands;
import picocli.CommandLine.Command;

/** {@code windrow queue}: what can be done with queues. */
@Command(
    name = "queue",
    description = "Lists, shows and limits queues.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QueueCommands.ListQueues.class,
      QueueCommands.Show.class,
      LimitCommands.OfQueue.class
    })
public final class QueueCommand {
  QueueCommand() {}
}
