package io.windrow.cli.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which recorders are listed. */
final class RecorderFilter {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only those: running, finished, failed.")
  private @Nullable String status;

  @Option(names = "--name", paramLabel = "NAME", description = "Only those of that name.")
  private @Nullable String name;

  @Option(names = "--task", paramLabel = "ID", description = "Only those of that task.")
  private @Nullable String task;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Only those with that parameter.")
  private List<String> params = List.of();

  @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "Only those with that tag.")
  private List<String> tags = List.of();

  @Option(names = "--limit", paramLabel = "N", description = "At most so many; default: all.")
  private int limit;

  RecorderFilter() {}

  List<Map.Entry<String, String>> entries() {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    add(entries, "status", status);
    add(entries, "name", name);
    add(entries, "task", task);
    params.forEach(param -> add(entries, "param", param));
    tags.forEach(tag -> add(entries, "tag", tag));
    return entries;
  }

  int limit() {
    if (limit < 0) {
      throw new ParameterException(command.commandLine(), "--limit must not be negative");
    }
    return limit;
  }

  private static void add(
      List<Map.Entry<String, String>> entries, String key, @Nullable String value) {
    if (value != null) {
      entries.add(Map.entry(key, value));
    }
  }
}
