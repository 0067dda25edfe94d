package io.windrow.cli.control;

import picocli.CommandLine.Command;

/** {@code windrow task}: what can be done with tasks. */
@Command(
    name = "task",
    description = "Retries, cancels, pauses and resumes tasks.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RetryCommand.class,
      CancelCommand.class,
      HoldCommands.Pause.class,
      HoldCommands.Resume.class
    })
public final class TaskCommand {
  TaskCommand() {}
}
