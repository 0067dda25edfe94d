package io.windrow.cli.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.windrow.quant.data.health.Finding;
import io.windrow.quant.data.health.FindingKind;
import io.windrow.quant.data.health.InstrumentHealth;
import io.windrow.quant.data.health.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was found in market data.
 *
 * @param folder as the user named it
 * @param bars length of the calendar; 0 if it cannot be read
 * @param findings the errors first, then by kind, instrument and field
 * @param health of each instrument, in alphabetical order
 */
public record DataReport(
    String folder,
    String frequency,
    int bars,
    String first,
    String last,
    int instruments,
    List<Finding> findings,
    @JsonIgnore List<InstrumentHealth> health) {

  public DataReport {
    findings = List.copyOf(findings);
    health = List.copyOf(health);
  }

  /**
   * All findings of a kind and severity together.
   *
   * @param instruments how many instruments have it
   * @param bars on how many bars of theirs
   */
  public record Kind(
      Severity severity,
      FindingKind kind,
      String title,
      String advice,
      long instruments,
      long bars) {}

  /** How many errors there are. */
  @JsonProperty
  public long errors() {
    return findings.stream().filter(finding -> finding.severity() == Severity.ERROR).count();
  }

  /** How many warnings there are. */
  @JsonProperty
  public long warnings() {
    return findings.size() - errors();
  }

  /** The kinds that were found, in the order of the findings. */
  @JsonProperty
  public List<Kind> kinds() {
    Map<List<Enum<?>>, List<Finding>> grouped =
        findings.stream()
            .collect(
                Collectors.groupingBy(
                    finding -> List.of(finding.severity(), finding.kind()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Kind> kinds = new ArrayList<>();
    for (List<Finding> group : grouped.values()) {
      Finding any = group.get(0);
      kinds.add(
          new Kind(
              any.severity(),
              any.kind(),
              any.kind().title(),
              any.kind().advice(),
              group.stream().map(Finding::instrument).filter(s -> !s.isEmpty()).distinct().count(),
              group.stream().mapToLong(Finding::count).sum()));
    }
    return kinds;
  }

  /** The findings of a kind. */
  public List<Finding> of(Kind kind) {
    return findings.stream()
        .filter(finding -> finding.kind() == kind.kind() && finding.severity() == kind.severity())
        .toList();
  }

  /** A finding in one line: instrument, field, days, what exactly. */
  public static String line(Finding finding) {
    String head =
        Stream.of(finding.instrument(), finding.field(), days(finding))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(" "));
    return head.isEmpty() ? finding.detail() : head + ": " + finding.detail();
  }

  /** The bars that a finding is about. */
  static String days(Finding finding) {
    if (finding.count() == 0) {
      return "";
    }
    return finding.count() == 1
        ? finding.first()
        : "%d bars from %s to %s".formatted(finding.count(), finding.first(), finding.last());
  }
}
