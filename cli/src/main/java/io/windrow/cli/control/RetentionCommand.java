package io.windrow.cli.control;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.CoordinatorOption;
import io.windrow.cli.terminal.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code windrow pool retention}. */
@Command(
    name = "retention",
    description = {
      "Shows how long a pool keeps what its tasks have come to, or changes it.",
      "Submissions all of whose tasks ended longer ago than --results are removed with their tasks,"
          + " recorders and artifacts, but for tasks that a younger submission lists."
    })
public final class RetentionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorOption coordinator;

  @Parameters(paramLabel = "POOL", description = "Its name.")
  private String pool = "";

  @Option(
      names = "--attempts",
      paramLabel = "TIME",
      description =
          "Keep what failed attempts left, such as logs, so long, as in 7d (default: 7d).")
  private @Nullable String attempts;

  @Option(
      names = "--results",
      paramLabel = "TIME",
      description = "Keep everything so long, as in 90d, or forever (default: forever).")
  private @Nullable String results;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  RetentionCommand() {}

  @Override
  public Integer call() {
    CoordinatorClient client = coordinator.client();
    Map<String, String> changes = new LinkedHashMap<>();
    if (attempts != null) {
      changes.put("attempts", attempts);
    }
    if (results != null) {
      changes.put("results", results);
    }
    JsonNode now = client.retention(pool, changes);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(out, now);
    } else {
      out.println(
          "pool %s: failed attempts are kept %s, results %s"
              .formatted(
                  now.path("pool").asString(),
                  now.path("attempts").asString(),
                  now.path("results").asString()));
    }
    out.flush();
    return 0;
  }
}
