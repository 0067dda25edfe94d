package io.windrow.cli.client;

import io.windrow.cli.context.Context;
import io.windrow.cli.context.CurrentContext;
import org.jspecify.annotations.Nullable;
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
      description =
          "Address of the coordinator (default: WINDROW_COORDINATOR, the context's, or"
              + " http://127.0.0.1:8470).")
  private @Nullable String address;

  @Mixin private TokenOption token;

  /** Its client. */
  public CoordinatorClient client() {
    return new CoordinatorClient(endpoint());
  }

  /** Where it is. */
  public Endpoint endpoint() {
    CurrentContext context = CurrentContext.of(command);
    try {
      return Endpoint.coordinator(
              context.address(
                  address, "WINDROW_COORDINATOR", Context::coordinator, "http://127.0.0.1:8470"))
          .with(token.token(context));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
