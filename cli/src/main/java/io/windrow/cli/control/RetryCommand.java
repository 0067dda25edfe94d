package io.windrow.cli.control;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code windrow task retry}: replays failures. */
@Command(
    name = "retry",
    description = "Runs a failed or cancelled task again, or all failures of a pool or submission.")
public final class RetryCommand implements Callable<Integer> {
  @Mixin private Scope scope;

  @Option(
      names = "--from-first-stage",
      description = "Begin at the first stage, not at the one that failed.")
  private boolean fromFirst;

  RetryCommand() {}

  @Override
  public Integer call() {
    return scope.send("retry", "will run again", fromFirst ? Map.of("stage", "first") : Map.of());
  }
}
