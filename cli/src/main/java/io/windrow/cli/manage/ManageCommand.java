package io.windrow.cli.manage;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks the coordinator and prints its answer, for people or as JSON. */
abstract class ManageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorOption coordinator;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  final CoordinatorClient client() {
    return coordinator.client();
  }

  final CommandSpec spec() {
    return spec;
  }

  final boolean json() {
    return json;
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final void print(Object answer, List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(out, answer);
    } else {
      lines.forEach(out::println);
      out.flush();
    }
  }
}
