package io.windrow.cli.manage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A command that runs for a fetched task, whose lease is renewed until it is closed. */
final class TaskProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Double>> NUMBERS = new TypeReference<>() {};

  /** How long Ctrl-C waits until the task is handed back. */
  private static final long GRACE_SECONDS = 10;

  private final CoordinatorClient client;
  private final FetchedTask task;
  private final Process process;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread atExit = new Thread(this::interrupted, "windrow-hand-back");

  private TaskProcess(CoordinatorClient client, FetchedTask task, Process process) {
    this.client = client;
    this.task = task;
    this.process = process;
  }

  static TaskProcess start(
      CoordinatorClient client, FetchedTask task, List<String> command, Path metrics) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("WINDROW_METRICS", metrics.toString());
    builder.environment().put("WINDROW_TASK", task.id());
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    TaskProcess started;
    try {
      started = new TaskProcess(client, task, builder.start());
    } catch (IOException e) {
      throw new UserError("cannot start " + command.get(0) + ": " + e.getMessage());
    }
    Runtime.getRuntime().addShutdownHook(started.atExit);
    Thread beats = new Thread(started::beats, "windrow-heartbeat");
    beats.setDaemon(true);
    beats.start();
    started.feed();
    return started;
  }

  /** Its exit code. */
  int await() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted");
    }
  }

  /** What the command left in the file; none if there is none. */
  static Map<String, Double> metrics(Path file) {
    try {
      return Files.exists(file) ? JSON.readValue(Files.readString(file), NUMBERS) : Map.of();
    } catch (IOException | JacksonException e) {
      throw new UserError("the metrics of the command are no JSON object of numbers");
    }
  }

  @Override
  public void close() {
    process.destroy();
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // This JVM is about to end, and the hook is at work.
    }
  }

  /** A command that does not read its input has closed it: that is its own choice. */
  private void feed() {
    try (OutputStream in = process.getOutputStream()) {
      in.write((task.whole() + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      return;
    }
  }

  /** A lease that could not be renewed in time is another worker's: the command works in vain. */
  private void beats() {
    long renewed = System.nanoTime();
    try {
      while (!ended.await(task.lease().toMillis() / 3, TimeUnit.MILLISECONDS)) {
        try {
          task.report(client, "heartbeat", Map.of());
          renewed = System.nanoTime();
        } catch (UserError e) {
          if (Duration.ofNanos(System.nanoTime() - renewed).compareTo(task.lease()) > 0) {
            process.destroy();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void interrupted() {
    process.destroy();
    try {
      ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
