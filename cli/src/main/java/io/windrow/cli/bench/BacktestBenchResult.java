package io.windrow.cli.bench;

/**
 * How long it took to back-test.
 *
 * @param days traded
 * @param stocks to choose from
 * @param orders that were given
 * @param secondsMean mean of the iterations, reading the files included
 * @param secondsBest the fastest iteration
 * @param peakHeapBytes most heap in use during an iteration, garbage included
 * @param iterations how many were measured
 */
public record BacktestBenchResult(
    int days,
    int stocks,
    int orders,
    double secondsMean,
    double secondsBest,
    long peakHeapBytes,
    int iterations) {}
