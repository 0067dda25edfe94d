package io.windrow.cli.role;

import io.windrow.collector.CollectorApplication;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code windrow collector}: the role as a process. */
@Command(
    name = "collector",
    description = "Runs a collector: folds results into prediction series and serves them.")
public final class CollectorCommand extends RoleCommand {

  CollectorCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return run("collector", CollectorApplication::start, List.of());
  }
}
