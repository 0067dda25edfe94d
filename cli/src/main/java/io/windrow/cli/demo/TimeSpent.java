package io.windrow.cli.demo;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.Collection.Group;
import io.windrow.cli.client.Collection.Window;
import io.windrow.cli.report.Report.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the slots' time went, from the seconds that the workers measured.
 *
 * @param total slots times the time from submission to the last outcome, in seconds
 * @param phases name of a phase to its seconds over all windows; {@code idle} is the rest
 */
record TimeSpent(double total, Map<String, Double> phases) {
  private static final Map<String, String> METRICS = new LinkedHashMap<>();

  static {
    METRICS.put("features", "time.features");
    METRICS.put("train", "time.train");
    METRICS.put("predict", "time.predict");
    METRICS.put("record", "time.record");
    METRICS.put("commit", "time.commit");
  }

  static TimeSpent of(Collection collection, int slots, Duration run) {
    double total = slots * run.toMillis() / 1000.0;
    double rest = total;
    Map<String, Double> phases = new LinkedHashMap<>();
    for (Map.Entry<String, String> phase : METRICS.entrySet()) {
      double seconds = 0;
      for (Group group : collection.groups()) {
        for (Window window : group.windows()) {
          Double measured = window.metric(phase.getValue());
          seconds += measured == null ? 0 : measured;
        }
      }
      phases.put(phase.getKey(), seconds);
      rest -= seconds;
    }
    phases.put("idle", Math.max(0, rest));
    return new TimeSpent(total, phases);
  }

  /** For example {@code train 12.3 s (61 %)}. */
  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    phases.forEach(
        (phase, seconds) ->
            facts.add(
                new Fact(
                    phase,
                    String.format(
                        Locale.ROOT, "%.1f s (%.0f %%)", seconds, 100 * seconds / total))));
    return facts;
  }
}
