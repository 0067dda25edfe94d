package io.windrow.cli.client;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --coordinator}: where the coordinator is. */
public final class CoordinatorOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--coordinator",
      paramLabel = "URL",
      defaultValue = "${env:WINDROW_COORDINATOR:-http://127.0.0.1:8470}",
      description = "Address of the coordinator (WINDROW_COORDINATOR; default: ${DEFAULT-VALUE}).")
  private String address = "";

  @Mixin private TokenOption token;

  /** Its client. */
  public CoordinatorClient client() {
    try {
      return new CoordinatorClient(Endpoint.coordinator(address).with(token.token()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
