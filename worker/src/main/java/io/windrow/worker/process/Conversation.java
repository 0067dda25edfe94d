package io.windrow.worker.process;

import io.windrow.quant.run.RunRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command says on its standard output, line by line: lines that begin with a brace are the
 * protocol, all others are for the log. Written by the thread that reads, and read by the slot's
 * thread after that has ended, but for {@link #heardAt}.
 */
final class Conversation {
  private final Limits limits;
  private final Deliveries deliveries;
  private final RunRecorder recorder;
  private final AttemptLog log;
  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private final Set<String> params = new HashSet<>();
  private boolean greeted;
  private boolean finished;
  private boolean succeeded;
  private @Nullable String failure;
  private int progressed;
  private volatile long heardAt;

  Conversation(Limits limits, Deliveries deliveries, RunRecorder recorder, AttemptLog log) {
    this.limits = limits;
    this.deliveries = deliveries;
    this.recorder = recorder;
    this.log = log;
  }

  /** The command is about to start. */
  void begin() {
    heardAt = System.nanoTime();
  }

  /**
   * Listens until the stream ends.
   *
   * @throws ProtocolException at the first line that breaks the protocol
   */
  void listen(InputStream out) throws IOException {
    LineReader lines = new LineReader(out, Math.toIntExact(limits.line().toBytes()));
    int events = 0;
    long number = 0;
    for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (line.bytes().length == 0 || line.bytes()[0] != '{') {
        log.line(line.bytes());
        continue;
      }
      try {
        if (line.cut()) {
          throw new ProtocolException("is longer than " + limits.line() + ": limits.line");
        }
        if (++events > limits.lines()) {
          throw new ProtocolException("is one too many: limits.lines is " + limits.lines());
        }
        hear(EventParser.parse(line.bytes()));
        heardAt = System.nanoTime();
      } catch (ProtocolException e) {
        if (!line.ended()) {
          log.line(line.bytes()); // ended in the middle of it: its exit code says why
          return;
        }
        throw new ProtocolException("standard output, line " + number + ": " + e.getMessage());
      }
    }
  }

  private void hear(Event event) throws IOException {
    if (finished) {
      throw new ProtocolException("comes after the result or the failure, which is the last one");
    }
    if (greeted == event instanceof Event.Hello) {
      throw new ProtocolException(
          greeted
              ? "is a second hello"
              : "comes before {\"type\":\"hello\",\"protocol\":" + EventParser.PROTOCOL + "}");
    }
    if (event instanceof Event.Hello hello) {
      greet(hello);
    } else if (event instanceof Event.Params given) {
      given.values().forEach(this::param);
    } else if (event instanceof Event.Metrics given) {
      given.values().forEach((name, value) -> metric(name, given.step(), value));
    } else if (event instanceof Event.Progress progress) {
      recorder.metric("progress", progressed++, progress.fraction());
      log.line(
          "progress %.0f %% %s"
              .formatted(100 * progress.fraction(), progress.message())
              .strip()
              .getBytes(StandardCharsets.UTF_8));
    } else if (event instanceof Event.Artifact artifact) {
      deliveries.take(artifact);
    } else if (event instanceof Event.Result result) {
      result.metrics().forEach((name, value) -> metric(name, 0, value));
      finished = true;
      succeeded = true;
    } else if (event instanceof Event.Failure failed) {
      finished = true;
      failure = failed.message();
    }
  }

  private void greet(Event.Hello hello) {
    if (hello.protocol() != EventParser.PROTOCOL) {
      throw new ProtocolException(
          "the command speaks version "
              + hello.protocol()
              + " of the protocol, this worker speaks "
              + EventParser.PROTOCOL);
    }
    greeted = true;
  }

  private void param(String name, String value) {
    params.add(name);
    bound("parameters", params.size());
    recorder.param(name, value);
  }

  private void metric(String name, int step, double value) {
    metrics.put(name, value);
    bound("metrics", metrics.size());
    recorder.metric(name, step, value);
  }

  private void bound(String what, int count) {
    if (count > limits.names()) {
      throw new ProtocolException("more than " + limits.names() + " " + what + ": limits.names");
    }
  }

  /** Monotonic time of the last line of the protocol, at first of the start. */
  long heardAt() {
    return heardAt;
  }

  /** Whether it promised, by its hello, a result that has not come. */
  boolean lacksResult() {
    return greeted && !succeeded;
  }

  /** Why the command says it failed; null if it does not say. */
  @Nullable String failure() {
    return failure;
  }

  /** Last values. */
  Map<String, Double> metrics() {
    return metrics;
  }
}
