package io.windrow.cli.control;

import picocli.CommandLine.Command;

/** {@code windrow queue}: what can be done with queues. */
@Command(
    name = "queue",
    description = "Limits queues.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = LimitCommands.OfQueue.class)
public final class QueueCommand {
  QueueCommand() {}
}
