package io.windrow.worker.intake;

import java.time.Duration;

/**
 * Brings the announcements of one queue to the {@link Intake}, one per free slot.
 *
 * <p>What every implementation keeps: nothing is taken from the broker while no slot is free or the
 * store is away; an announcement is settled with the broker only after the store has answered for
 * it; no timer of the broker bounds how long a task runs; a busy worker stays a member of its
 * group.
 */
public interface TaskSource {

  /** Begins to take, on a thread of its own. */
  void start();

  /** Asks it to take nothing more; returns at once. */
  void stop();

  /** Whether it was asked to take nothing more. */
  boolean stopping();

  /** Waits until it has left its group. False: it has not, in time. */
  boolean awaitStopped(Duration timeout) throws InterruptedException;

  /** Whether its thread is alive. */
  boolean running();
}
