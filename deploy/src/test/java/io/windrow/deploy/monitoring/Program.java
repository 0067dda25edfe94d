package io.windrow.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.cli.terminal.Lifeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of its own, what it prints in files of its name. */
final class Program implements AutoCloseable {
  private static final Path JAR = Path.of("..", "cli", "target", "windrow.jar");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private Program(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Program start(Path folder, String name, List<String> command) throws IOException {
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Program(name, process, out, err);
  }

  /** The packaged command; it ends with this process at the latest. */
  static Program windrow(Path folder, String name, List<String> args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-D" + Lifeline.PROPERTY + "=" + ProcessHandle.current().pid(),
                "-jar",
                JAR.toAbsolutePath().normalize().toString()));
    command.addAll(args);
    return start(folder, name, command);
  }

  /** Waits for a line that begins so, and returns the rest of it. */
  String line(String begin) {
    await("a line '" + begin + "' of " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .failFast(() -> assertThat(process.isAlive()).as(this::said).isTrue())
        .until(() -> printed(begin).isPresent());
    return printed(begin).orElseThrow();
  }

  private Optional<String> printed(String begin) {
    return KnownMetrics.text(out)
        .lines()
        .filter(line -> line.startsWith(begin))
        .map(line -> line.substring(begin.length()).strip())
        .findFirst();
  }

  /** Waits for its end, which must be a good one. */
  void done() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(this::said).isTrue();
    assertThat(process.exitValue()).as(this::said).isZero();
  }

  String said() {
    return name + ": " + KnownMetrics.text(out) + KnownMetrics.text(err);
  }

  /** SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
