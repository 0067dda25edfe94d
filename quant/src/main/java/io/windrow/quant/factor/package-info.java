/** Factors: expressions over the fields of an instrument, computed into a panel. */
@NullMarked
package io.windrow.quant.factor;

import org.jspecify.annotations.NullMarked;
