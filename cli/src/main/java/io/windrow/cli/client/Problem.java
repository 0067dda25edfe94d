package io.windrow.cli.client;

import io.windrow.cli.terminal.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * An error as RFC 9457 (problem+json) writes it, with the coordinator's list of mistakes.
 *
 * @param title in short
 * @param detail in full
 * @param status HTTP status
 * @param problems the mistakes of a rejected workflow
 * @param needs a file that was not sent along
 */
record Problem(
    @Nullable String title,
    @Nullable String detail,
    int status,
    @Nullable List<Mistake> problems,
    @Nullable String needs) {

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  /** By the title of what is not there, the command that shows what is. */
  private static final Map<String, String> LISTS =
      Map.of(
          "Unknown task", "'windrow task list'",
          "Unknown submission", "'windrow status'",
          "Unknown pool", "'windrow pool list'",
          "Unknown queue", "'windrow queue list'",
          "Unknown worker", "'windrow worker list'",
          "Unknown experiment", "'windrow experiment list'",
          "Unknown recorder", "'windrow recorder list EXPERIMENT'");

  static Problem of(Endpoint endpoint, int status, byte[] body) {
    try {
      Problem problem = Service.JSON.readValue(body, Problem.class);
      return new Problem(
          problem.title(), problem.detail(), status, problem.problems(), problem.needs());
    } catch (JacksonException e) {
      return new Problem(
          null,
          "%s answers with status %d and no explanation: is it a Windrow %s? (%s)"
              .formatted(endpoint.address(), status, endpoint.name(), endpoint.option()),
          status,
          null,
          null);
    }
  }

  RuntimeException asError() {
    if (needs != null) {
      boolean placed = problems != null && !problems.isEmpty();
      return new BaseFileNeeded(needs, placed ? problems.get(0).where() : "");
    }
    if (problems != null && !problems.isEmpty()) {
      List<String> mistakes = new ArrayList<>(problems.stream().map(Mistake::asLine).toList());
      mistakes.add(
          "%d %s, nothing was submitted"
              .formatted(mistakes.size(), mistakes.size() == 1 ? "mistake" : "mistakes"));
      return new UserError(mistakes);
    }
    List<String> lines = new ArrayList<>();
    if (detail != null && !detail.isBlank()) {
      lines.add(detail);
    } else if (title != null && !title.isBlank()) {
      lines.add(title);
    } else {
      lines.add("the request failed with status " + status);
    }
    if (status == NOT_FOUND && title != null) {
      String list = LISTS.get(title);
      if (list != null) {
        lines.add(list + " lists them");
      }
    }
    return status == BAD_REQUEST ? UserError.usage(lines.get(0)) : new UserError(lines);
  }
}
