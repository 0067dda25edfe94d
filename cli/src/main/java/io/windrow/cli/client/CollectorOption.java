package io.windrow.cli.client;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --collector}: where the collector is. */
public final class CollectorOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--collector",
      paramLabel = "URL",
      defaultValue = "${env:WINDROW_COLLECTOR:-http://127.0.0.1:8471}",
      description = "Address of the collector (WINDROW_COLLECTOR; default: ${DEFAULT-VALUE}).")
  private String address = "";

  @Mixin private TokenOption token;

  /** Its client. */
  public CollectorClient client() {
    return new CollectorClient(endpoint());
  }

  /** A client of its experiments and recorders. */
  public ExperimentClient experiments() {
    return new ExperimentClient(endpoint());
  }

  private Endpoint endpoint() {
    try {
      return Endpoint.collector(address).with(token.token());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
