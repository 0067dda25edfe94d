package io.windrow.cli.bench;

/**
 * How long it took to compute Alpha158 over a data folder.
 *
 * @param secondsMean mean of the iterations, reading the files included
 * @param secondsBest the fastest iteration
 * @param rows instrument-days of the panel
 * @param columns factors of the panel
 * @param rowsPerSecond rows divided by the mean
 * @param peakHeapBytes most heap in use during an iteration, garbage included
 * @param iterations how many were measured
 * @param threads how many threads computed
 */
public record FactorBenchResult(
    double secondsMean,
    double secondsBest,
    long rows,
    int columns,
    double rowsPerSecond,
    long peakHeapBytes,
    int iterations,
    int threads) {}
