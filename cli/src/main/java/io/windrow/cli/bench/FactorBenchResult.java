package io.windrow.cli.bench;

/**
 * How long it took to compute a factor set over a data folder.
 *
 * @param factors name of the set
 * @param secondsFirst the first iteration of a fresh JVM, the files in the system's cache
 * @param secondsMean mean of the iterations of a warm JVM, reading the files included
 * @param secondsBest the fastest of them
 * @param rows instrument-days of the panel
 * @param columns factors of the panel
 * @param rowsPerSecond rows divided by the mean
 * @param peakHeapBytes most heap in use during an iteration, garbage included
 * @param iterations how many were measured
 * @param threads how many threads computed
 */
public record FactorBenchResult(
    String factors,
    double secondsFirst,
    double secondsMean,
    double secondsBest,
    long rows,
    int columns,
    double rowsPerSecond,
    long peakHeapBytes,
    int iterations,
    int threads) {}
