package io.windrow.task;

import java.time.Instant;

/**
 * A worker's hold on a running task.
 *
 * @param worker who holds it
 * @param claim random token of this claim: tells one's own claim from another's after a lost reply
 * @param beat number of heartbeats so far; the reaper's filter includes it
 * @param heartbeatAt the server's time of the last one; the claimer's in a claim it has just won
 */
public record Lease(String worker, String claim, long beat, Instant heartbeatAt) {}
