package io.windrow.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a worker's outcome is recorded only while its claim holds: always, but in the one proof
 * that the checker of {@code windrow chaos} would notice if it were not. With the system property
 * {@value #PROPERTY} a worker neither stops when it has lost its claim nor is its commit
 * conditional on the task's version.
 */
public final class Fencing {
  /** Set to {@code true} it switches fencing off. For that proof only. */
  public static final String PROPERTY = "windrow.proof.unfenced";

  private static final Logger log = LoggerFactory.getLogger(Fencing.class);
  private static final boolean ON = !Boolean.getBoolean(PROPERTY);

  static {
    if (!ON) {
      log.warn("fencing is switched off: outcomes will be overwritten; this is for a proof only");
    }
  }

  private Fencing() {}

  /** Whether it is on. */
  public static boolean on() {
    return ON;
  }
}
