package io.windrow.cli.client;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --coordinator}: where the coordinator is. */
public final class CoordinatorOption {
  static final String DESCRIPTION =
      "Address of the coordinator (default: WINDROW_COORDINATOR, the context's, or"
          + " http://127.0.0.1:8470).";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--coordinator", paramLabel = "URL", description = DESCRIPTION)
  private @Nullable String address;

  @Mixin private TokenOption token;
  @Mixin private TrustOption trust;

  /** Its client. */
  public CoordinatorClient client() {
    return new CoordinatorClient(endpoint());
  }

  /** Where it is. */
  public Endpoint endpoint() {
    return new Addresses(command, token, trust).coordinator(address);
  }
}
