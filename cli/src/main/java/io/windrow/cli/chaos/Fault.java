package io.windrow.cli.chaos;

import java.time.Instant;

/**
 * A fault that happened.
 *
 * @param kind what
 * @param target name of the process
 * @param from when it began
 * @param until when its cause was gone: the process is started or goes on, the network is whole; of
 *     broker and store, when they accept connections again
 * @param alone whether no other fault was near
 */
record Fault(FaultKind kind, String target, Instant from, Instant until, boolean alone) {

  /** Whether it fell into that time. */
  boolean overlaps(Instant begin, Instant end) {
    return !from.isAfter(end) && !until.isBefore(begin);
  }
}
