package io.windrow.cli.manage;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which task a command fetches, and for whom. */
final class Fetching {
  @Mixin private Selection selection;

  @Option(
      names = "--worker",
      paramLabel = "NAME",
      defaultValue = "windrow-cli",
      description = "For the history (default: ${DEFAULT-VALUE}).")
  private String worker = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = "waiting",
      description = {
        "waiting, or part_done: tasks of which a part was committed by hand",
        "(default: ${DEFAULT-VALUE})."
      })
  private String state = "";

  Fetching() {}

  /** The body of a request that fetches. */
  Map<String, Object> request() {
    Map<String, Object> body = new LinkedHashMap<>(selection.parameters());
    body.put("worker", worker);
    body.put("state", state);
    return body;
  }
}
