package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.data.DataRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflow files of the repository's examples can be run as they are. */
class ExampleWorkflowsTest {
  private static final Path EXAMPLES = Path.of("../examples");

  @TempDir Path root;

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void canBeRun(Path file) throws IOException {
    WorkflowParser parser = new WorkflowParser(new DataRoots(List.of(root)));

    Validation validation = parser.validate(WorkflowSource.of(Files.readString(file)), false);

    assertThat(validation.problems()).isEmpty();
    assertThat(validation.warnings()).isEmpty();
    assertThat(validation.runnable()).isTrue();
  }

  @Test
  void oneHasFactorsOfItsOwn() throws IOException {
    assertThat(files()).map(file -> file.getFileName().toString()).contains("custom-factors.yaml");
  }
}
