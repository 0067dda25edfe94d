package io.windrow.cli.client;

import io.windrow.cli.context.Context;
import io.windrow.cli.context.CurrentContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where the services are: as given, or as the environment or the context says. */
final class Addresses {
  private final CommandSpec command;
  private final CurrentContext context;
  private final TokenOption token;
  private final TrustOption trust;

  Addresses(CommandSpec command, TokenOption token, TrustOption trust) {
    this.command = command;
    this.context = CurrentContext.of(command);
    this.token = token;
    this.trust = trust;
  }

  Endpoint coordinator(@Nullable String given) {
    return endpoint(
        Endpoint::coordinator,
        context.address(
            given, "WINDROW_COORDINATOR", Context::coordinator, "http://127.0.0.1:8470"));
  }

  /**
   * Where the collector answers: a coordinator hands on what is the collector's, so its address
   * will do.
   *
   * @param coordinator as given to the same command, or null
   */
  Endpoint collector(@Nullable String given, @Nullable String coordinator) {
    String address = context.setting(given, "WINDROW_COLLECTOR", Context::collector);
    if (address == null) {
      address =
          context.address(
              coordinator, "WINDROW_COORDINATOR", Context::coordinator, "http://127.0.0.1:8471");
    }
    return endpoint(Endpoint::collector, address);
  }

  private Endpoint endpoint(Function<String, Endpoint> service, String address) {
    try {
      Endpoint endpoint =
          service.apply(address).with(token.token(context)).trusting(trust.trust(context));
      if (endpoint.exposesToken()) {
        token.warn(endpoint, command.commandLine().getErr());
      }
      return endpoint;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
