package io.windrow.cli.role;

import io.windrow.cli.fleet.WorkerCommands;
import io.windrow.worker.WorkerApplication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code windrow worker}: the role as a process. */
@Command(
    name = "worker",
    description = {
      "Runs a worker: claims tasks, executes and commits them.",
      "With a command: lists, shows and drains those that run."
    },
    subcommands = {
      WorkerCommands.ListWorkers.class,
      WorkerCommands.Show.class,
      WorkerCommands.Drain.class,
      WorkerCommands.Undrain.class
    })
public final class WorkerCommand extends RoleCommand {
  @Mixin private DataRootOption dataRoots;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "${env:WINDROW_SLOTS}",
      description = "Tasks it runs at once (WINDROW_SLOTS; default: 1).")
  private @Nullable Integer slots;

  @Option(
      names = "--queue",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "${env:WINDROW_QUEUE}",
      description =
          "A queue it takes tasks from; may be repeated (WINDROW_QUEUE; default: default).")
  private @Nullable List<String> queues;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "${env:WINDROW_WORKER_NAME}",
      description =
          "Its name in leases and histories (WINDROW_WORKER_NAME; default: host, process, random).")
  private @Nullable String name;

  WorkerCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    List<String> settings = new ArrayList<>();
    dataRoots.addTo(settings);
    RoleCommand.add(settings, "windrow.worker.slots", slots);
    RoleCommand.add(
        settings, "windrow.worker.queues", queues == null ? null : String.join(",", queues));
    RoleCommand.add(settings, "windrow.worker.name", name);
    return run("worker", WorkerApplication::start, settings);
  }
}
