package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The packaged command as a process of its own, what it prints in files. */
public final class WindrowProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "windrow.jar");
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private WindrowProcess(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it; standard output and error go to files of that name. */
  static WindrowProcess start(Path folder, String name, String... args) {
    return start(folder, name, List.of(), args);
  }

  /**
   * The same with options of the JVM's own.
   *
   * @param options such as {@code -Dkey=value}
   */
  public static WindrowProcess start(
      Path folder, String name, List<String> options, String... args) {
    return start(folder, name, options, Map.of(), args);
  }

  /** Starts it with variables of the environment beside this process's. */
  static WindrowProcess start(
      Path folder, String name, Map<String, String> environment, String... args) {
    return start(folder, name, List.of(), environment, args);
  }

  private static WindrowProcess start(
      Path folder,
      String name,
      List<String> options,
      Map<String, String> environment,
      String... args) {
    if (!Files.isRegularFile(JAR)) {
      throw new IllegalStateException(JAR.toAbsolutePath() + " is missing: run mvn package first");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    // As the launcher script does for what lives for seconds: half the CPU time.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.add("-jar");
    command.add(JAR.toAbsolutePath().toString());
    command.addAll(List.of(args));
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      return new WindrowProcess(name, process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  static WindrowProcess run(Path folder, String name, String... args) {
    WindrowProcess process = start(folder, name, args);
    process.exitCode();
    return process;
  }

  /** Waits for its end. */
  public int exitCode() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(() -> name + " ends: " + output() + errors())
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** Waits for a line of its output and returns what follows the words. */
  public String awaitLine(String words) {
    await("a line '" + words + "' from " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .failFast(name + " ended early", this::mustLive)
        .until(() -> line(words).isPresent());
    return printed(words);
  }

  /** Waits until it has said so among its log and its complaints. */
  void awaitError(String words) {
    await("'" + words + "' from " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .failFast(name + " ended early", this::mustLive)
        .until(() -> errors().contains(words));
  }

  private void mustLive() {
    assertThat(process.isAlive()).as(() -> name + " goes on: " + output() + errors()).isTrue();
  }

  /** What follows the words in a line of its output. */
  String printed(String words) {
    return line(words).orElseThrow(() -> new AssertionError(words + " not in: " + output()));
  }

  private Optional<String> line(String words) {
    return output()
        .lines()
        .filter(line -> line.startsWith(words))
        .map(line -> line.substring(words.length()).strip())
        .findFirst();
  }

  /** All it printed. */
  String output() {
    return text(out);
  }

  /** All it complained about. */
  String errors() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM; returns the exit code. */
  int stop() {
    process.destroy();
    return exitCode();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          kill();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        kill();
      }
    }
  }
}
