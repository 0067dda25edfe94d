package io.windrow.coordinator.dispatch;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts the loops with the process and stops them before the store and the broker are closed. */
public final class Loops implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Loops.class);

  private final List<Loop> loops;
  private final Leader leader;
  private volatile boolean running;

  public Loops(List<Loop> loops, Leader leader) {
    this.loops = List.copyOf(loops);
    this.leader = leader;
  }

  @Override
  public void start() {
    loops.forEach(Loop::start);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    try {
      for (Loop loop : loops) {
        loop.stop();
      }
      leader.resign();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.atDebug().setCause(e).log("leadership not released, it runs out by itself");
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
