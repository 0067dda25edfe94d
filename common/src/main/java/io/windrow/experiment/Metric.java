package io.windrow.experiment;

/**
 * One value of a metric.
 *
 * @param name for example {@code l2.valid}
 * @param step round, epoch or 0
 * @param value the value, maybe NaN
 */
public record Metric(String name, int step, double value) {}
