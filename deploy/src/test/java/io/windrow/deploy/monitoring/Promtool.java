package io.windrow.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.windrow.deploy.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prometheus and its tool, as the machine has them. */
final class Promtool {
  private Promtool() {}

  /** The program; without it the test is left out, and says so. */
  static String program(String name) {
    Optional<Path> found = Tool.find(name);
    assumeTrue(
        found.isPresent(),
        name + " is not in the PATH: install Prometheus (Debian: apt-get install prometheus)");
    return found.orElseThrow().toString();
  }

  /** Runs it to its end; it must find nothing wrong. Returns what it printed. */
  static String check(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program("promtool")));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(() -> String.join(" ", command) + "\n" + said).isZero();
    return said;
  }
}
