package io.windrow.cli.bench;

import java.util.Map;

/**
 * How fast a pool of many tasks is on the embedded server, in memory, over its socket.
 *
 * @param tasks tasks of the pool
 * @param submission a workflow of so many tasks, from its text to the last task stored
 * @param tasksPerSecond tasks divided by the mean of the submissions
 * @param queries what else was asked, by name, in the order it was measured
 * @param peakHeapBytes most heap in use, garbage included: server and client are in one process
 */
public record PoolBenchResult(
    long tasks,
    Timing submission,
    double tasksPerSecond,
    Map<String, Timing> queries,
    long peakHeapBytes) {}
