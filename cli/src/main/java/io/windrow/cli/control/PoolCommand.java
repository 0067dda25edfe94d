package io.windrow.cli.control;

import io.windrow.cli.manage.QueryCommands;
import io.windrow.cli.manage.RetentionCommand;
import picocli.CommandLine.Command;

/** {@code windrow pool}: what can be done with pools. */
@Command(
    name = "pool",
    description = "Lists, pauses, resumes and limits pools; says how long they keep results.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QueryCommands.Pools.class,
      LimitCommands.Pause.class,
      LimitCommands.Resume.class,
      LimitCommands.OfPool.class,
      RetentionCommand.class
    })
public final class PoolCommand {
  PoolCommand() {}
}
