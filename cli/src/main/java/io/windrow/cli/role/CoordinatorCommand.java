package io.windrow.cli.role;

import io.windrow.coordinator.CoordinatorApplication;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code windrow coordinator}: the role as a process. */
@Command(
    name = "coordinator",
    description = "Runs a coordinator: takes workflows in, announces their tasks.")
public final class CoordinatorCommand extends RoleCommand {
  @Mixin private DataRootOption dataRoots;

  CoordinatorCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    List<String> settings = new ArrayList<>();
    dataRoots.addTo(settings);
    return run("coordinator", CoordinatorApplication::start, settings);
  }
}
