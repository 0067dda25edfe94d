package io.windrow.cli.client;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --coordinator} and {@code --collector}, for commands that ask both. */
public final class ServicesOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--coordinator", paramLabel = "URL", description = CoordinatorOption.DESCRIPTION)
  private @Nullable String coordinator;

  @Option(names = "--collector", paramLabel = "URL", description = CollectorOption.DESCRIPTION)
  private @Nullable String collector;

  @Mixin private TokenOption token;
  @Mixin private TrustOption trust;

  /** The coordinator's client. */
  public CoordinatorClient coordinator() {
    return new CoordinatorClient(new Addresses(command, token, trust).coordinator(coordinator));
  }

  /** The collector's client. */
  public CollectorClient collector() {
    return new CollectorClient(
        new Addresses(command, token, trust).collector(collector, coordinator));
  }
}
