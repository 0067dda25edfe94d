package io.windrow.cli.chaos;

import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process of the cluster, which is started again and again; all it prints is in one file. One
 * that ends by itself is reported.
 */
final class Child {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Goes on by itself whatever becomes of this process, so that nothing stays stopped. */
  private static final String STOP =
      "trap '' INT TERM HUP; kill -STOP \"$1\" && sleep \"$2\"; kill -CONT \"$1\"";

  private final String name;
  private final List<String> command;
  private final Path log;
  private final Consumer<Child> ended;
  private @Nullable Process process;

  /**
   * @param name which histories and reports call it by
   * @param log where its output is appended
   * @param ended told when it ended without being asked to
   */
  Child(String name, List<String> command, Path log, Consumer<Child> ended) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log;
    this.ended = ended;
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  /** Its process id; 0 while it does not run. */
  synchronized long pid() {
    return process == null ? 0 : process.pid();
  }

  /** Whether it runs, maybe stopped. */
  synchronized boolean running() {
    return process != null && process.isAlive();
  }

  /** Starts it if it does not run. */
  synchronized void start() {
    if (running()) {
      return;
    }
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      process = started;
      var unused = started.onExit().thenAccept(this::onExit);
    } catch (IOException e) {
      throw new UserError("cannot start " + name + ": " + e.getMessage());
    }
  }

  private void onExit(Process gone) {
    boolean unasked;
    synchronized (this) {
      unasked = process == gone;
    }
    if (unasked) {
      ended.accept(this);
    }
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    Process running = release();
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  /** SIGTERM, after some patience SIGKILL; returns when it is gone. */
  void terminate() throws InterruptedException {
    Process running = release();
    if (running != null) {
      running.destroy();
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    }
  }

  /** From here on its end is asked for. */
  private synchronized @Nullable Process release() {
    Process running = process;
    process = null;
    return running;
  }

  /** SIGSTOP, and SIGCONT after that time; returns when it goes on. */
  void pause(Duration time) throws InterruptedException {
    long pid = pid();
    if (pid == 0) {
      return;
    }
    String seconds = "%d.%03d".formatted(time.toSeconds(), time.toMillisPart());
    try {
      new ProcessBuilder("sh", "-c", STOP, "sh", Long.toString(pid), seconds)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UserError("cannot stop " + name + ": " + e.getMessage());
    }
  }
}
