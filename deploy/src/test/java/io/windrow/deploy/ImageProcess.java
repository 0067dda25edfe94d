package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process and all that it says. */
final class ImageProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final String name;
  private final Process process;
  private final Path output;

  private ImageProcess(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  static ImageProcess start(String name, ProcessBuilder builder) {
    try {
      Path output = Files.createTempFile("windrow-" + name, ".out");
      return new ImageProcess(
          name, builder.redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line that begins so, and returns the rest of it. */
  String awaitLine(String words) {
    return await("'" + words + "' from " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .failFast(
            () -> assertThat(process.isAlive()).as(() -> name + " lives: " + output()).isTrue())
        .until(
            () ->
                output()
                    .lines()
                    .filter(line -> line.startsWith(words))
                    .map(line -> line.substring(words.length()).strip())
                    .findFirst()
                    .orElse(""),
            line -> !line.isEmpty());
  }

  /** Waits for its end, which must be a good one; returns what it said. */
  String succeed() {
    assertThat(exitCode()).as(() -> name + ": " + output()).isZero();
    return output();
  }

  /** Whose it is, by the number where it has no name. */
  String user() {
    try {
      return Files.getOwner(Path.of("/proc", String.valueOf(process.pid()))).getName();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; returns the exit code. */
  int stop() {
    process.destroy();
    return exitCode();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int exitCode() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(() -> name + " ends: " + output())
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try {
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
