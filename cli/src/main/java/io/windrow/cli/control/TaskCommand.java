package io.windrow.cli.control;

import io.windrow.cli.manage.ChangeCommands;
import io.windrow.cli.manage.CreateCommand;
import io.windrow.cli.manage.LogsCommand;
import io.windrow.cli.manage.QueryCommands;
import io.windrow.cli.manage.RunCommand;
import io.windrow.cli.manage.WorkCommands;
import picocli.CommandLine.Command;

/** {@code windrow task}: what can be done with tasks. */
@Command(
    name = "task",
    description = "Creates, lists, counts, changes, fetches, runs and steers tasks.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QueryCommands.ListTasks.class,
      QueryCommands.Show.class,
      QueryCommands.Stat.class,
      QueryCommands.Wait.class,
      LogsCommand.class,
      CreateCommand.class,
      RunCommand.class,
      WorkCommands.Fetch.class,
      WorkCommands.Heartbeat.class,
      WorkCommands.Commit.class,
      WorkCommands.Return.class,
      ChangeCommands.Remove.class,
      ChangeCommands.ResetWaiting.class,
      ChangeCommands.ResetStatus.class,
      ChangeCommands.Prioritize.class,
      ChangeCommands.Replace.class,
      RetryCommand.class,
      CancelCommand.class,
      HoldCommands.Pause.class,
      HoldCommands.Resume.class
    })
public final class TaskCommand {
  TaskCommand() {}
}
