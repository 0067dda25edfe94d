package io.windrow.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders kustomizations with the tool that is at hand. */
final class Kustomize {
  private final List<String> command;

  private Kustomize(List<String> command) {
    this.command = command;
  }

  /** Leaves the test out where there is none, and says so. */
  static Kustomize required() {
    Optional<List<String>> command =
        Tool.find("kustomize")
            .map(tool -> List.of(tool.toString(), "build"))
            .or(() -> Tool.find("kubectl").map(tool -> List.of(tool.toString(), "kustomize")));
    assumeTrue(
        command.isPresent(),
        "neither kustomize nor kubectl is in the PATH: run deploy/check/install-tools");
    return new Kustomize(command.orElseThrow());
  }

  /**
   * @throws AssertionError with what the tool says, if it cannot be rendered
   */
  String render(Path folder) {
    List<String> line = new ArrayList<>(command);
    line.add(folder.toString());
    return Tool.run(line);
  }
}
