package io.windrow.worker.execute;

import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.RunRecorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Does no research: sleeps, allocates, leaves an artifact and fails on demand, for tests and load.
 * A definition asks for it with a key of its own:
 *
 * <pre>
 * noop: {sleep_ms: 200, allocate_mb: 16, artifact_kb: 8, fail: fatal|retryable|none, fail_attempts: 2}
 * </pre>
 *
 * Without {@code fail_attempts} every attempt fails. Without {@code artifact_kb} there are no
 * artifacts; with it {@code noop.txt} says which attempt wrote it and {@code noop.bin} has so many
 * KiB. In a process of its own it also dies: {@code crash: segv|abort|oom|exit}.
 */
public final class NoopExecutor implements TaskExecutor {
  private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  private final boolean mayCrash;

  /** Inside of a worker, which it must not kill. */
  public NoopExecutor() {
    this(false);
  }

  /**
   * The executor for a process that is this task's alone, or for one that is not.
   *
   * @param mayCrash whether a task may kill the process
   */
  public NoopExecutor(boolean mayCrash) {
    this.mayCrash = mayCrash;
  }

  @Override
  public String name() {
    return "noop";
  }

  @Override
  public boolean accepts(Map<String, Object> definition) {
    return definition.get("noop") instanceof Map;
  }

  @Override
  public Map<String, Double> execute(Work work, RunRecorder recorder, Cancellation cancellation)
      throws IOException {
    Map<?, ?> wish = (Map<?, ?>) work.definition().get("noop");
    long begin = System.nanoTime();
    long allocated = allocate(number(wish, "allocate_mb", 0));
    sleep(Duration.ofMillis(number(wish, "sleep_ms", 0)), cancellation);
    if (work.attempt() <= number(wish, "fail_attempts", Long.MAX_VALUE)) {
      fail(String.valueOf(wish.containsKey("fail") ? wish.get("fail") : "none"));
      if (wish.containsKey("crash")) {
        crash(String.valueOf(wish.get("crash")));
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    recorder.metric("time.noop", 0, seconds);
    int bytes = Math.toIntExact(Math.multiplyExact(number(wish, "artifact_kb", 0), KIB));
    if (bytes > 0) {
      String text = "attempt " + work.attempt() + "\n";
      recorder.artifact("noop.txt", text.getBytes(StandardCharsets.UTF_8));
      recorder.artifact("noop.bin", new byte[bytes]);
    }
    return Map.of("time.noop", seconds, "allocated", (double) allocated);
  }

  private static long allocate(long mebibytes) {
    byte[] block = new byte[Math.toIntExact(Math.multiplyExact(mebibytes, MIB))];
    return block.length;
  }

  private static void sleep(Duration time, Cancellation cancellation) {
    long end = System.nanoTime() + time.toNanos();
    cancellation.check();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, STEP_NANOS));
      cancellation.check();
    }
  }

  private static void fail(String wish) throws IOException {
    switch (wish.toLowerCase(Locale.ROOT)) {
      case "none" -> {}
      case "fatal" -> throw new IllegalArgumentException("noop was asked to fail for good");
      case "retryable" -> throw new IOException("noop was asked to fail");
      default ->
          throw new IllegalArgumentException(
              "noop.fail is '" + wish + "': use fatal, retryable or none");
    }
  }

  private void crash(String wish) {
    if (!mayCrash) {
      throw new IllegalArgumentException(
          "noop.crash would kill the worker: give the workflow windrow.isolation: process");
    }
    Crash.of(wish).run();
  }

  private static long number(Map<?, ?> wish, String key, long otherwise) {
    Object value = wish.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number && number.longValue() >= 0) {
      return number.longValue();
    }
    throw new IllegalArgumentException("noop." + key + " must be a number from 0, is " + value);
  }
}
