package io.windrow.cli.role;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data-root}: where market data may come from. */
final class DataRootOption {
  @Option(
      names = "--data-root",
      paramLabel = "DIR",
      split = ",",
      defaultValue = "${env:WINDROW_DATA_ROOT}",
      description =
          "A folder that market data may come from: a workflow's provider_uri must lie below it"
              + " (WINDROW_DATA_ROOT; may be repeated).")
  private @Nullable List<Path> roots;

  void addTo(List<String> settings) {
    if (roots != null) {
      RoleCommand.add(
          settings,
          "windrow.data.roots",
          roots.stream()
              .map(root -> root.toAbsolutePath().normalize().toString())
              .collect(Collectors.joining(",")));
    }
  }
}
