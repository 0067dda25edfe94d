/** Compares predictions with what came after: IC and Rank IC. */
@NullMarked
package io.windrow.quant.evaluate;

import org.jspecify.annotations.NullMarked;
