package io.windrow.cli.chaos;

import java.time.Duration;

/**
 * A fault to come.
 *
 * @param at from the begin of the run
 * @param kind what
 * @param index which worker or coordinator, from 0; of the leader's faults it means nothing
 * @param lasts how long it is down, stopped, cut off or slow
 */
record Planned(Duration at, FaultKind kind, int index, Duration lasts) {}
