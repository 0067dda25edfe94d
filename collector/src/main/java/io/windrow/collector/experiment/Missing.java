package io.windrow.collector.experiment;

import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import io.windrow.web.problem.Problems;
import java.util.Collection;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** What was asked for and is not there, with the nearest name. */
final class Missing {
  private Missing() {}

  static ErrorResponseException experiment(String name, Collection<String> known) {
    return missing(
        "Unknown experiment",
        "there is no experiment " + Section.quote(name) + Nearest.hint(name, known));
  }

  static ErrorResponseException recorder(
      String idOrName, String experiment, Collection<String> known) {
    return missing(
        "Unknown recorder",
        "experiment '%s' has no recorder %s%s"
            .formatted(experiment, Section.quote(idOrName), Nearest.hint(idOrName, known)));
  }

  /**
   * A recorder.
   *
   * @param near ids that begin alike
   */
  static ErrorResponseException recorder(String id, Collection<String> near) {
    return missing(
        "Unknown recorder",
        "there is no recorder "
            + Section.quote(id)
            + (near.isEmpty() ? "" : ": these begin alike: " + String.join(", ", near)));
  }

  static ErrorResponseException artifact(String id, String path, Collection<String> known) {
    return missing(
        "Unknown artifact",
        "recorder %s has no artifact %s%s"
            .formatted(id, Section.quote(path), Nearest.hint(path, known)));
  }

  private static ErrorResponseException missing(String title, String detail) {
    return Problems.error(HttpStatus.NOT_FOUND, title, detail);
  }
}
