package io.windrow.cli.client;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --collector}: where the collector is. */
public final class CollectorOption {
  static final String DESCRIPTION =
      "Address of the collector, or of a coordinator, which hands on (default: WINDROW_COLLECTOR,"
          + " the context's, the coordinator's if one is set, or http://127.0.0.1:8471).";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--collector", paramLabel = "URL", description = DESCRIPTION)
  private @Nullable String address;

  @Mixin private TokenOption token;
  @Mixin private TrustOption trust;

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
    return new Addresses(command, token, trust).collector(address, null);
  }
}
