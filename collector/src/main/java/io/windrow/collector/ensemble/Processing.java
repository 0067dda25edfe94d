package io.windrow.collector.ensemble;

import java.util.function.UnaryOperator;

/**
 * One step of a collector's process list: a group, an ensemble, or a function of one's own.
 *
 * @param <V> type of a single result
 */
@FunctionalInterface
public interface Processing<V> extends UnaryOperator<Results<V>> {}
