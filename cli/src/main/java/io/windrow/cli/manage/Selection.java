package io.windrow.cli.manage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tasks a command is about. */
final class Selection {
  @Option(names = "--pool", paramLabel = "POOL", description = "Only tasks of this pool.")
  private @Nullable String pool;

  @Option(
      names = "--filter",
      paramLabel = "FILTER",
      description = {
        "Only what it selects, such as 'model.class=LGBModel, segments.test>=2018';",
        "docs/task-api.md has the language."
      })
  private @Nullable String filter;

  Selection() {}

  /** As parameters of an address, or as the beginning of a body. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (pool != null) {
      parameters.put("pool", pool);
    }
    if (filter != null) {
      parameters.put("filter", filter);
    }
    return parameters;
  }
}
