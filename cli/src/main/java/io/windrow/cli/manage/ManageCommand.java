package io.windrow.cli.manage;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.OutputOption;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks the coordinator and prints its answer, for people or as JSON. */
abstract class ManageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorOption coordinator;

  @Mixin private OutputOption output;

  final CoordinatorClient client() {
    return coordinator.client();
  }

  final CommandSpec spec() {
    return spec;
  }

  /** Whether a program reads what is printed. */
  final boolean forPrograms() {
    return output.forPrograms();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final void print(Object answer, List<String> lines) {
    output.print(answer, () -> lines);
  }
}
