package io.windrow.worker.isolate;

import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.reference.Reference;
import io.windrow.quant.run.RunRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;

/** The worker, as the process of an attempt sees it. */
final class Parent implements RunRecorder, ArtifactSource {
  /** The exit code of a process whose worker is gone; nobody reads it. */
  private static final int ORPHANED = 1;

  private final Wire wire;
  private final BlockingQueue<Wire.Received> answers = new LinkedBlockingQueue<>();
  private volatile boolean stopped;

  Parent(Wire wire) {
    this.wire = wire;
  }

  /** Hears the worker from now on; the process ends at once when the worker has. */
  void listen() {
    Thread thread = new Thread(this::hear, "windrow-parent");
    thread.setDaemon(true);
    thread.start();
  }

  private void hear() {
    try {
      for (Wire.Received next = wire.receive(); next != null; next = wire.receive()) {
        if (next.message() instanceof Message.Stop) {
          stopped = true;
        } else {
          answers.add(next);
        }
      }
    } catch (IOException e) {
      System.err.println("the worker cannot be heard any more: " + e);
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  /** Whether the worker wants the run to end. */
  boolean stopped() {
    return stopped;
  }

  @Override
  public void param(String name, String value) {
    send(new Message.Param(name, value), new byte[0]);
  }

  @Override
  public void metric(String name, int step, double value) {
    send(new Message.Metric(name, step, value), new byte[0]);
  }

  @Override
  public void artifact(String path, byte[] bytes) {
    send(new Message.Artifact(path), bytes);
  }

  @Override
  public Artifact read(Reference reference, String where, List<String> names) {
    send(new Message.Wanted(reference.toString(), where, names), new byte[0]);
    try {
      Wire.Received answer = answers.take();
      if (answer.message() instanceof Message.Found found) {
        return new Artifact(found.recorder(), found.path(), answer.bytes());
      }
      throw new IllegalStateException("the worker could not read " + reference);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for " + reference);
    }
  }

  private void send(Message message, byte[] bytes) {
    try {
      wire.send(message, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
