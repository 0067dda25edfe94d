package io.windrow.cli.doctor;

import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.doctor.Finding.Grade;
import io.windrow.cli.terminal.UserError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The checks: whether the services answer, and with which version; what the coordinator finds about
 * store, broker, workers and queues; this machine's clock.
 */
final class Diagnosis {
  /** Logs of two machines are hard to compare beyond it. */
  private static final Duration SKEW = Duration.ofSeconds(2);

  private final CoordinatorClient coordinator;
  private final CollectorClient collector;
  private final String version;
  private final Clock clock;

  /**
   * @param version of this program
   * @param clock this machine's
   */
  Diagnosis(CoordinatorClient coordinator, CollectorClient collector, String version, Clock clock) {
    this.coordinator = coordinator;
    this.collector = collector;
    this.version = version;
    this.clock = clock;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Instant asked = clock.instant();
    JsonNode told = service(findings, "coordinator", () -> coordinator.ask("diagnosis", Map.of()));
    if (told != null) {
      findings.add(clock(asked, clock.instant(), Instant.parse(told.path("now").asString())));
      told.path("checks").forEach(check -> findings.add(Finding.of(check)));
    }
    service(findings, "collector", collector::version);
    return findings;
  }

  private @Nullable JsonNode service(
      List<Finding> findings, String name, Supplier<JsonNode> question) {
    try {
      JsonNode told = question.get();
      String theirs = told.path("version").asString("unknown");
      findings.add(
          theirs.equals(version)
              ? Finding.ok(name, "answers, version " + theirs)
              : new Finding(
                  name,
                  Grade.WARNING,
                  "answers, version %s; this command has %s".formatted(theirs, version),
                  "run the same version everywhere"));
      return told;
    } catch (UserError e) {
      String advice = name.equals("coordinator") ? "nothing else can be said without it" : null;
      findings.add(new Finding(name, Grade.WRONG, String.join("; ", e.lines()), advice));
      return null;
    }
  }

  /** Theirs was read at some moment between the question and the answer. */
  private static Finding clock(Instant asked, Instant answered, Instant theirs) {
    Duration off =
        theirs.isBefore(asked)
            ? Duration.between(theirs, asked)
            : theirs.isAfter(answered) ? Duration.between(answered, theirs) : Duration.ZERO;
    return off.compareTo(SKEW) <= 0
        ? Finding.ok("this clock", "as the store's")
        : new Finding(
            "this clock",
            Grade.WARNING,
            "%.1f s off the store's".formatted(off.toMillis() / 1000.0),
            "let this machine set its clock over the network (NTP); tasks do not depend on it");
  }
}
