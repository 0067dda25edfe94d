package io.windrow.collector.collect;

/**
 * A group with its rolled series.
 *
 * @param group which windows
 * @param series what they come to
 */
public record GroupCollection(WindowGroup group, GroupSeries series) {}
