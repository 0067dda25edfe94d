package io.windrow.cli.client;

import io.windrow.cli.context.Context;
import io.windrow.cli.context.CurrentContext;
import org.jspecify.annotations.Nullable;
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
      description =
          "Address of the collector (default: WINDROW_COLLECTOR, the context's, or"
              + " http://127.0.0.1:8471).")
  private @Nullable String address;

  @Mixin private TokenOption token;

  /** Its client. */
  public CollectorClient client() {
    return new CollectorClient(endpoint());
  }

  /** A client of its experiments and recorders. */
  public ExperimentClient experiments() {
    return new ExperimentClient(endpoint());
  }

  /** Where it is. */
  public Endpoint endpoint() {
    CurrentContext context = CurrentContext.of(command);
    try {
      return Endpoint.collector(
              context.address(
                  address, "WINDROW_COLLECTOR", Context::collector, "http://127.0.0.1:8471"))
          .with(token.token(context));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
