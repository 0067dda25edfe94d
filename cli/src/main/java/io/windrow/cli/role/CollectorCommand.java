package io.windrow.cli.role;

import io.windrow.collector.CollectorApplication;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code windrow collector}: the role as a process. */
@Command(
    name = "collector",
    description = {
      "Runs a collector: folds results into prediction series and serves them.",
      "With the data roots of the workers it back-tests the series, too."
    })
public final class CollectorCommand extends RoleCommand {
  @Mixin private DataRootOption dataRoots;

  CollectorCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    List<String> settings = new ArrayList<>();
    dataRoots.addTo(settings);
    return run("collector", CollectorApplication::start, settings);
  }
}
