/**
 * Statistics of a sliding window in constant or logarithmic amortised time a day, in double
 * precision, with Qlib's rules for missing values.
 *
 * <p>Sums and moments never subtract what leaves the window, so nothing drifts: the calendar is cut
 * into blocks as long as the window, and each window is the end of one block merged with the
 * beginning of the next. What a statistic returns is not to be written to.
 */
@NullMarked
package io.windrow.quant.factor.rolling;

import org.jspecify.annotations.NullMarked;
