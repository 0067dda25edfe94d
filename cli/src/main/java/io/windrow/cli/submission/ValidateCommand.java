package io.windrow.cli.submission;

import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.client.Mistake;
import io.windrow.cli.client.Validation;
import io.windrow.cli.terminal.OutputOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code windrow validate}: says everything there is to say about a workflow. */
@Command(
    name = "validate",
    description = {
      "Has the coordinator check a workflow, with all of its mistakes at once, and stores nothing.",
      "A valid one may ask for what cannot be run yet: that is said, too."
    })
public final class ValidateCommand implements Callable<Integer> {
  @Mixin private CoordinatorOption coordinator;
  @Mixin private WorkflowOptions workflow;

  @Option(
      names = "--no-data",
      description = "Do not look at the data: folder, calendar, instruments, days of segments.")
  private boolean noData;

  @Option(
      names = "--strict",
      description = "Fail also if it cannot be run yet, or not the whole of it.")
  private boolean strict;

  @Mixin private OutputOption output;

  ValidateCommand() {}

  @Override
  public Integer call() {
    Validation validation = coordinator.client().validate(workflow.read(), !noData);
    output.print(
        validation,
        () -> {
          List<String> lines = new ArrayList<>();
          validation.problems().stream().map(Mistake::asLine).forEach(lines::add);
          validation.warnings().forEach(warning -> lines.add("warning: " + warning.asLine()));
          lines.add(verdict(validation));
          return lines;
        });
    boolean whole = validation.runnable() && validation.warnings().isEmpty();
    return validation.valid() && (whole || !strict) ? 0 : 1;
  }

  private static String verdict(Validation validation) {
    if (!validation.valid()) {
      return "not valid";
    }
    if (!validation.runnable()) {
      return "valid, but it cannot be run yet";
    }
    return validation.warnings().isEmpty() ? "valid" : "valid, with warnings";
  }
}
