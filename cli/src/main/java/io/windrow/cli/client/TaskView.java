package io.windrow.cli.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as the coordinator shows it.
 *
 * @param id content hash
 * @param state its state's word
 * @param attempt attempts charged so far
 * @param maxAttempts how many there may be
 * @param segments name to first and last day
 * @param worker who runs it
 * @param history ended attempts, oldest first
 */
public record TaskView(
    String id,
    String state,
    int attempt,
    int maxAttempts,
    Map<String, List<@Nullable String>> segments,
    @Nullable String worker,
    List<Map<String, @Nullable Object>> history) {

  /** What the last attempt said, or nothing. */
  public String lastMessage() {
    if (history.isEmpty()) {
      return "";
    }
    Object message = history.get(history.size() - 1).get("message");
    return message == null ? "" : message.toString().lines().findFirst().orElse("");
  }

  /** The test segment for people. */
  public String test() {
    List<@Nullable String> test = segments.getOrDefault("test", List.of());
    return test.size() == 2
        ? test.get(0) + " .. " + (test.get(1) == null ? "open" : test.get(1))
        : "";
  }
}
