/** Compares predictions with what came after: IC, long-short returns; and the risk of returns. */
@NullMarked
package io.windrow.quant.evaluate;

import org.jspecify.annotations.NullMarked;
