package io.windrow.worker.process;

import io.windrow.quant.run.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a command, from its start until none of its processes is left. */
final class Attempt {
  private static final long PAUSE_MILLIS = 20;

  private final CommandSettings command;
  private final Duration grace;
  private final Conversation conversation;
  private final AttemptLog log;

  Attempt(CommandSettings command, Duration grace, Conversation conversation, AttemptLog log) {
    this.command = command;
    this.grace = grace;
    this.conversation = conversation;
    this.log = log;
  }

  /**
   * Runs the command.
   *
   * @param task for its standard input, which stays open until the end: a command that meets its
   *     end too early knows that the worker is gone
   * @return the exit code
   * @throws ProtocolException if it broke the protocol
   * @throws CommandFailed if it ran or was silent for too long
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  int run(Path folder, Map<String, String> environment, byte[] task, Cancellation cancellation)
      throws IOException, InterruptedException, CommandFailed {
    String token = UUID.randomUUID().toString();
    ProcessBuilder builder = new ProcessBuilder(line()).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put(ProcessGroup.VARIABLE, token);
    conversation.begin();
    long begin = System.nanoTime();
    Process process = builder.start();
    ProcessGroup group = new ProcessGroup(process, token);
    OutputStream input = process.getOutputStream();
    // Its own thread: a command that reads nothing must not hold up the slot.
    CompletableFuture<Void> unused = thread("stdin", () -> write(input, task));
    CompletableFuture<Void> errors = thread("stderr", () -> log.drain(process.getErrorStream()));
    CompletableFuture<Void> lines =
        thread("stdout", () -> conversation.listen(process.getInputStream()));
    try {
      while (!process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
          && !lines.isCompletedExceptionally()) {
        cancellation.check();
        judge(begin);
      }
    } catch (RuntimeException | CommandFailed | InterruptedException e) {
      group.end(grace, cancellation::urgent);
      throw e;
    } finally {
      group.kill();
      close(input);
    }
    settle(errors, cancellation);
    settle(lines, cancellation);
    return process.waitFor();
  }

  private List<String> line() {
    List<String> line = new ArrayList<>(List.of("setsid"));
    if (command.memory() != null) {
      String limit = Long.toString(command.memory().toKilobytes());
      line.addAll(List.of("/bin/sh", "-c", "ulimit -v \"$0\" && exec \"$@\"", limit));
    }
    line.addAll(command.command());
    return line;
  }

  private void judge(long begin) throws CommandFailed {
    long now = System.nanoTime();
    if (now - begin > command.timeOut().toNanos()) {
      throw new CommandFailed("ran longer than its time-out of " + command.timeOut());
    }
    Duration silence = command.silence();
    if (silence != null && now - conversation.heardAt() > silence.toNanos()) {
      throw new CommandFailed("gave no sign of life for " + silence);
    }
  }

  private static void write(OutputStream input, byte[] task) {
    try {
      input.write(task);
      input.flush();
    } catch (IOException e) {
      // It has ended, or wants no input: its exit code says what that means.
    }
  }

  private static void close(OutputStream input) {
    try {
      input.close();
    } catch (IOException e) {
      // Nobody is left to read what it still held.
    }
  }

  /** Waits for the end of a stream whose writers are gone, and for what was last said on it. */
  private static void settle(CompletableFuture<Void> reader, Cancellation cancellation)
      throws IOException, InterruptedException {
    while (true) {
      try {
        reader.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        cancellation.check();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException unchecked) {
          throw unchecked;
        }
        throw new IOException(
            "the command's output could not be read: " + e.getCause(), e.getCause());
      }
    }
  }

  /** Work that reads or writes a stream. */
  private interface Plumbing {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> thread(String stream, Plumbing work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (IOException | RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            },
            "windrow-" + stream);
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
