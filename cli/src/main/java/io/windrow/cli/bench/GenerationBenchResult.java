package io.windrow.cli.bench;

/**
 * How long it took to generate tasks.
 *
 * @param tasks how many were made
 * @param templates of how many templates
 * @param secondsMean mean of the iterations
 * @param secondsBest the fastest iteration
 * @param tasksPerSecond tasks divided by the mean
 * @param peakHeapBytes most heap in use during an iteration, garbage included
 * @param iterations how many were measured
 */
public record GenerationBenchResult(
    long tasks,
    int templates,
    double secondsMean,
    double secondsBest,
    double tasksPerSecond,
    long peakHeapBytes,
    int iterations) {}
