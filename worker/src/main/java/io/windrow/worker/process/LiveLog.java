package io.windrow.worker.process;

import io.windrow.quant.run.RunRecorder;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what a command has printed while it still runs, every few seconds if there is more, so
 * that people can watch. On a thread of its own: a store that is slow holds nobody up. It is for
 * watching alone; the whole log is stored at the end.
 */
final class LiveLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveLog.class);
  private static final long PERIOD_MILLIS = 5_000;
  private static final long GRACE_MILLIS = 5_000;

  private final AttemptLog text;
  private final RunRecorder recorder;
  private final String path;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "windrow-live-log");
            thread.setDaemon(true);
            return thread;
          });
  private long stored;

  private LiveLog(AttemptLog text, RunRecorder recorder, String path) {
    this.text = text;
    this.recorder = recorder;
    this.path = path;
  }

  static LiveLog start(AttemptLog text, RunRecorder recorder, String path) {
    return start(text, recorder, path, PERIOD_MILLIS);
  }

  static LiveLog start(AttemptLog text, RunRecorder recorder, String path, long periodMillis) {
    LiveLog live = new LiveLog(text, recorder, path);
    var unused =
        live.timer.scheduleWithFixedDelay(
            live::store, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    return live;
  }

  private void store() {
    long written = text.written();
    if (written == stored) {
      return;
    }
    try {
      recorder.artifact(path, text.bytes());
      stored = written;
    } catch (RuntimeException e) {
      log.atDebug().addKeyValue("error", e.toString()).log("log of the command not stored yet");
    }
  }

  /** Waits for a write that is under way: the last one is to come after it. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
