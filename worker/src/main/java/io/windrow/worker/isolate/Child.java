package io.windrow.worker.isolate;

import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.reference.Reference;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.RunRecorder;
import io.windrow.task.Outcome;
import io.windrow.worker.execute.ClassifiedFailure;
import io.windrow.worker.process.AttemptLog;
import io.windrow.worker.process.ProcessGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The process of one attempt, as its worker sees it. It has this worker's classes and Java, a heap
 * of its own, and of the environment only what a Java process needs.
 */
final class Child implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final int LOG_BYTES = 64 << 10;
  private static final int LOG_TAIL = 4_000;
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH");

  /** What native libraries print on standard output goes to the log, messages to a stream apart. */
  private static final String SHELL = "exec 3>&1 >&2 && exec \"$@\"";

  private final Process process;
  private final ProcessGroup group;
  private final Path folder;
  private final IsolationSettings settings;
  private final Wire wire;
  private final AttemptLog log = new AttemptLog(LOG_BYTES);
  private volatile @Nullable RuntimeException unread;

  private Child(Process process, ProcessGroup group, Path folder, IsolationSettings settings) {
    this.process = process;
    this.group = group;
    this.folder = folder;
    this.settings = settings;
    this.wire = new Wire(process.getInputStream(), process.getOutputStream(), most(settings));
  }

  /**
   * Starts the process; it waits for its job.
   *
   * @throws IOException if this machine cannot start it
   */
  static Child start(IsolationSettings settings) throws IOException {
    Path folder = Files.createTempDirectory("windrow-isolated-");
    String token = UUID.randomUUID().toString();
    ProcessBuilder builder = new ProcessBuilder(command(settings, folder));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(INHERITED);
    environment.put(ProcessGroup.VARIABLE, token);
    try {
      Process process = builder.start();
      return new Child(process, new ProcessGroup(process, token), folder, settings);
    } catch (IOException e) {
      Files.delete(folder);
      throw e;
    }
  }

  private static List<String> command(IsolationSettings settings, Path folder) {
    return List.of(
        "setsid",
        "/bin/sh",
        "-c",
        SHELL,
        "windrow",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + settings.heapBytes(),
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + report(folder),
        "--add-opens=java.base/java.nio=ALL-UNNAMED", // Arrow's
        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
        "-cp",
        System.getProperty("java.class.path"),
        IsolatedMain.class.getName(),
        "/dev/fd/3",
        Integer.toString(most(settings)));
  }

  private static Path report(Path folder) {
    return folder.resolve("crash.log");
  }

  private static int most(IsolationSettings settings) {
    return Math.toIntExact(settings.maxArtifact().toBytes());
  }

  /**
   * Runs the job.
   *
   * @throws ClassifiedFailure if the run failed or the process died
   * @throws CancellationException if it was cancelled and did not end in good order
   */
  Map<String, Double> run(
      Message.Job job, ArtifactSource artifacts, RunRecorder recorder, Cancellation cancellation)
      throws Exception {
    CompletableFuture<@Nullable Void> printed =
        thread(
            "stderr",
            () -> {
              log.drain(process.getErrorStream());
              return null;
            });
    CompletableFuture<@Nullable Message> said =
        thread("messages", () -> relay(job, artifacts, recorder));
    Message last = await(said, cancellation);
    if (last instanceof Message.Done done) {
      return done.metrics();
    }
    RuntimeException cause = unread;
    if (cause != null) {
      throw cause;
    }
    if (last instanceof Message.Failed failed) {
      throw new ClassifiedFailure(failed.outcome());
    }
    throw new ClassifiedFailure(died(printed));
  }

  private Outcome.Failed died(CompletableFuture<@Nullable Void> printed)
      throws InterruptedException, ExecutionException {
    if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
      group.kill();
    }
    try {
      printed.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // What it has started holds the stream open; what was printed so far has to do.
    }
    return Death.judge(
        process.waitFor(), report(folder), settings.heapBytes() >> 20, log.end(LOG_TAIL));
  }

  /** The last message; null if the process ended without one. */
  private @Nullable Message await(
      CompletableFuture<@Nullable Message> said, Cancellation cancellation) throws Exception {
    long toldAt = 0;
    boolean told = false;
    while (true) {
      try {
        return said.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      } catch (TimeoutException e) {
        if (!cancellation.requested()) {
          continue;
        }
      }
      if (!told) {
        told = true;
        toldAt = System.nanoTime();
        tellToStop();
      }
      if (cancellation.urgent() || System.nanoTime() - toldAt > settings.grace().toNanos()) {
        throw new CancellationException("the run was cancelled");
      }
    }
  }

  /** What the system does for a worker that was killed. */
  void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  private void tellToStop() {
    try {
      wire.send(new Message.Stop());
    } catch (IOException e) {
      // It is ending by itself.
    }
  }

  /** Hands the job over, and then all that is said to those whom it concerns. */
  private @Nullable Message relay(Message.Job job, ArtifactSource artifacts, RunRecorder recorder)
      throws IOException {
    try {
      wire.send(job);
    } catch (IOException e) {
      return null; // it died at once
    }
    for (Wire.Received next = wire.receive(); next != null; next = wire.receive()) {
      Message message = next.message();
      if (message instanceof Message.Metric metric) {
        recorder.metric(metric.name(), metric.step(), metric.value());
      } else if (message instanceof Message.Param param) {
        recorder.param(param.name(), param.value());
      } else if (message instanceof Message.Artifact artifact) {
        recorder.artifact(artifact.path(), next.bytes());
      } else if (message instanceof Message.Wanted wanted) {
        answer(wanted, artifacts);
      } else {
        return message;
      }
    }
    return null;
  }

  private void answer(Message.Wanted wanted, ArtifactSource artifacts) throws IOException {
    ArtifactSource.Artifact found;
    try {
      found = artifacts.read(Reference.parse(wanted.reference()), wanted.where(), wanted.names());
    } catch (RuntimeException e) {
      unread = e;
      wire.send(new Message.Missing());
      return;
    }
    wire.send(new Message.Found(found.recorder(), found.path()), found.bytes());
  }

  private static <T extends @Nullable Object> CompletableFuture<T> thread(
      String name, Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(work.call());
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            },
            "windrow-isolated-" + name);
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  /** Ends whatever is left of it. */
  @Override
  public void close() throws IOException {
    group.kill();
    Files.deleteIfExists(report(folder));
    Files.deleteIfExists(folder);
  }
}
