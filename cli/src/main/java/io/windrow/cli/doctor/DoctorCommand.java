package io.windrow.cli.doctor;

import io.windrow.cli.client.ServicesOption;
import io.windrow.cli.doctor.Finding.Grade;
import io.windrow.cli.terminal.OutputOption;
import io.windrow.startup.ProgramVersion;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code windrow doctor}. */
@Command(
    name = "doctor",
    description = {
      "Checks a cluster: coordinator, collector, versions, store, broker, share groups, topics,"
          + " clocks, data folders, workers and queues. Says what is wrong and what to do.",
      "Fails if something is wrong; warnings alone are no failure."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private ServicesOption services;
  @Mixin private OutputOption output;

  DoctorCommand() {}

  @Override
  public Integer call() {
    List<Finding> findings =
        new Diagnosis(
                services.coordinator(),
                services.collector(),
                ProgramVersion.of(DoctorCommand.class),
                Clock.systemUTC())
            .findings();
    output.print(findings.stream().map(DoctorCommand::map).toList(), () -> lines(findings));
    return findings.stream().anyMatch(finding -> finding.grade() == Grade.WRONG) ? 1 : 0;
  }

  private static Map<String, Object> map(Finding finding) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("check", finding.check());
    map.put("grade", finding.grade().word());
    map.put("detail", finding.detail());
    map.put("advice", finding.advice() == null ? "" : finding.advice());
    return map;
  }

  private static List<String> lines(List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add(
          "%-8s %-14s %s".formatted(finding.grade().word(), finding.check(), finding.detail()));
      if (finding.advice() != null) {
        lines.add("%-23s -> %s".formatted("", finding.advice()));
      }
    }
    long wrong = findings.stream().filter(each -> each.grade() == Grade.WRONG).count();
    long warnings = findings.stream().filter(each -> each.grade() == Grade.WARNING).count();
    lines.add(
        wrong + warnings == 0
            ? "all is well"
            : "%d wrong, %d %s".formatted(wrong, warnings, warnings == 1 ? "warning" : "warnings"));
    return lines;
  }
}
