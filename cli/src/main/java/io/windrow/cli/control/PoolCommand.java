package io.windrow.cli.control;

import picocli.CommandLine.Command;

/** {@code windrow pool}: what can be done with pools. */
@Command(
    name = "pool",
    description = "Pauses, resumes and limits pools.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LimitCommands.Pause.class,
      LimitCommands.Resume.class,
      LimitCommands.OfPool.class
    })
public final class PoolCommand {
  PoolCommand() {}
}
