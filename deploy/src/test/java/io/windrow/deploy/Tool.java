package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that are not Java's. */
public final class Tool {
  private Tool() {}

  /** Looks in the PATH, and where {@code go install} puts programs. */
  public static Optional<Path> find(String name) {
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of),
            Stream.of(
                Path.of(
                    System.getenv()
                        .getOrDefault("GOBIN", System.getProperty("user.home") + "/go/bin"))))
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs it to its end; fails with all it said, unless it ends well. */
  static String run(List<String> line) {
    return run(line, Map.of());
  }

  /** The same with variables of the environment beside this process's. */
  static String run(List<String> line, Map<String, String> environment) {
    try {
      Path errors = Files.createTempFile("windrow-tool", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
            .as(() -> String.join(" ", line) + ": " + output + read(errors))
            .isZero();
        return output;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
