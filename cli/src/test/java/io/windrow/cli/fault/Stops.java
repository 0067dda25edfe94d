package io.windrow.cli.fault;

import io.windrow.failpoint.FailPoint;
import io.windrow.failpoint.FailPoints;
import io.windrow.failpoint.ProcessStopped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Stops whoever passes the first of some points, then whoever passes the second, and so on. */
final class Stops implements AutoCloseable {
  private final Deque<FailPoint> left;
  private final List<FailPoint> met = new ArrayList<>();
  private final FailPoints.Armed armed;

  Stops(List<FailPoint> points) {
    left = new ArrayDeque<>(points);
    armed = FailPoints.arm(this::pass);
  }

  private synchronized void pass(FailPoint point) {
    if (point == left.peek()) {
      left.remove();
      met.add(point);
      throw new ProcessStopped(point);
    }
  }

  /** Where somebody was stopped since this was last asked. */
  synchronized List<FailPoint> takeMet() {
    List<FailPoint> taken = List.copyOf(met);
    met.clear();
    return taken;
  }

  /** Those that nobody has passed yet. */
  synchronized List<FailPoint> left() {
    return List.copyOf(left);
  }

  @Override
  public void close() {
    armed.close();
  }
}
