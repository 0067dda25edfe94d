package io.windrow.cli.control;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code windrow task cancel}. */
@Command(
    name = "cancel",
    description =
        "Cancels a task, or all unfinished ones of a pool or submission; running ones stop with their next heartbeat.")
public final class CancelCommand implements Callable<Integer> {
  @Mixin private Scope scope;

  @Option(names = "--reason", paramLabel = "TEXT", description = "For the tasks' history.")
  private String reason = "by request";

  CancelCommand() {}

  @Override
  public Integer call() {
    return scope.send("cancel", "cancelled", Map.of("reason", reason));
  }
}
