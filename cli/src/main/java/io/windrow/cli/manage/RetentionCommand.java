package io.windrow.cli.manage;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code windrow pool retention}. */
@Command(
    name = "retention",
    description = {
      "Shows how long a pool keeps what its tasks have come to, or changes it.",
      "Submissions all of whose tasks ended longer ago than --results are removed with their tasks,"
          + " recorders and artifacts, but for tasks that a younger submission lists."
    })
public final class RetentionCommand extends ManageCommand {
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

  RetentionCommand() {}

  @Override
  public Integer call() {
    Map<String, String> changes = new LinkedHashMap<>();
    if (attempts != null) {
      changes.put("attempts", attempts);
    }
    if (results != null) {
      changes.put("results", results);
    }
    JsonNode now = client().retention(pool, changes);
    print(
        now,
        List.of(
            "pool %s: failed attempts are kept %s, results %s"
                .formatted(
                    now.path("pool").asString(),
                    kept(now.path("attempts").asString()),
                    kept(now.path("results").asString()))));
    return 0;
  }

  /** As it is typed, {@code 7d}; what is no time, such as {@code forever}, as it is. */
  private static String kept(String answered) {
    return answered.startsWith("P")
        ? DurationFormatterUtils.print(Duration.parse(answered), DurationFormat.Style.COMPOSITE)
        : answered;
  }
}
